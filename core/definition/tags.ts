import * as z from 'zod';

/** The characters that AWS allows in the key and the value of a tag. */
const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const text = (longest: number) =>
  z
    .string()
    .max(longest, `has more than ${longest} characters, the limit of AWS; shorten it`)
    .regex(
      characters,
      'has characters that AWS does not allow in tags; use letters, digits, spaces and _ . : / = + - @',
    );

/** The user's tags, on every resource: `{ team: 'ml-platform', 'cost-center': '4711' }`. */
export const tags = z.record(z.string(), text(256)).superRefine((all, context) => {
  const keys = Object.keys(all);
  if (keys.length > 48)
    context.addIssue({
      code: 'custom',
      message: `has ${keys.length} tags; use at most 48: AWS allows 50 per resource, and Tocsin adds two`,
    });
  for (const key of keys) {
    const message = keyProblem(key);
    if (message) context.addIssue({ code: 'custom', path: [key], message });
  }
});

function keyProblem(key: string): string | undefined {
  if (/^(aws|tocsin):/i.test(key)) return 'has a reserved key; use one that does not start with aws: or tocsin:';
  if (key === '') return 'has an empty key; add a key';
  return text(128).safeParse(key).error?.issues[0]?.message.replace(/^has/, 'has a key that has');
}

/** Every tag of a deployment: the user's tags, and two that identify the resources of the deployment. */
export const tagsOf = (document: {
  name: string;
  stage: string;
  tags: Readonly<Record<string, string>>;
}): Record<string, string> => ({
  ...document.tags,
  'tocsin:name': document.name,
  'tocsin:stage': document.stage,
});
