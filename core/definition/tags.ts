import * as z from 'zod';

/** What AWS takes in the key and the value of a tag. */
const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const text = (longest: number) =>
  z
    .string()
    .max(longest, `has more than ${longest} characters, the most that AWS takes`)
    .regex(characters, 'has characters that AWS takes in no tag; use letters, digits, spaces and _ . : / = + - @');

/** Tags of the user's own, on every resource: `{ team: 'ml-platform', 'cost-center': '4711' }`. */
export const tags = z.record(z.string(), text(256)).superRefine((all, context) => {
  const keys = Object.keys(all);
  if (keys.length > 48)
    context.addIssue({
      code: 'custom',
      message: `has ${keys.length} tags; AWS takes 50 on a resource, and two of them are Tocsin's`,
    });
  for (const key of keys) {
    const message = keyProblem(key);
    if (message) context.addIssue({ code: 'custom', path: [key], message });
  }
});

function keyProblem(key: string): string | undefined {
  if (/^(aws|tocsin):/i.test(key)) return 'has a reserved key; write one that begins with neither aws: nor tocsin:';
  if (key === '') return 'has no key; write one';
  return text(128).safeParse(key).error?.issues[0]?.message.replace(/^has/, 'has a key that has');
}

/** Every tag of a deployment: the user's own, and by which one finds all that belongs to it. */
export const tagsOf = (document: {
  name: string;
  stage: string;
  tags: Readonly<Record<string, string>>;
}): Record<string, string> => ({
  ...document.tags,
  'tocsin:name': document.name,
  'tocsin:stage': document.stage,
});
