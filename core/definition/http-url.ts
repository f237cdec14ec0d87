import * as z from 'zod';

/** A user or a password before the host: `https://user:password@host`, also where the rest is not a valid URL. */
const userinfo = /^([a-z][a-z0-9+.-]*:)?[/\\]{2}[^/\\?#]*@/i;

/** Whether a URL holds a user name or a password. */
export const hasCredentials = (url: string): boolean => {
  const text = url.trim();
  return userinfo.test(text) || (URL.canParse(text) && new URL(text).username + new URL(text).password !== '');
};

/**
 * A text without the credentials of the URLs in it, for messages that repeat what stands in a config. A password may hold
 * characters that it should not, like `/`, so everything from the scheme to the last `@` goes where there is a colon in it.
 */
export const hideCredentials = (text: string): string => text.replace(/[^\s"'`]+/g, hideInWord);

/** Of texts without blanks, each character of which is looked at a few times and no more: they may be very long. */
function hideInWord(word: string): string {
  const scheme = /[a-z0-9+.-]:[/\\]{2}/i.exec(word);
  if (!scheme) return word;
  const from = scheme.index + scheme[0].length;
  const rest = word.slice(from);
  const last = rest.lastIndexOf('@');
  const colon = rest.indexOf(':');
  const end = colon !== -1 && colon < last ? last : rest.split(/[/\\?#]/, 1)[0]!.lastIndexOf('@');
  return end === -1 ? word : `${word.slice(0, from)}[secret]${rest.slice(end)}`;
}

/** How credentials are given instead. */
const useSecret =
  "holds credentials in clear; remove them and store them as a secret: auth: basic(secret('tocsin/name')), whose value is user:password, or bearer(secret('tocsin/name'))";

/** Refuses a text that is a URL with credentials, without repeating it: it would end up in terminals and logs. */
export const withoutCredentials = <S extends z.ZodType<string>>(schema: S, says = useSecret) =>
  schema.refine((text) => !hasCredentials(text), { error: says, params: { hideValue: true } });

/** An http or https URL of a target. No credentials; no fragment, which would never be sent. */
export const httpUrl = withoutCredentials(
  z.string().superRefine((text, context) => {
    if (hasCredentials(text)) return;
    const problem = urlProblem(text);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  }),
);

function urlProblem(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    return URL.canParse(`https://${text}`) && !text.includes('://')
      ? `has no scheme; write https://${text}`
      : 'is not an http or https URL';
  }
  return text.includes('#') ? 'has a fragment (#…), which is never sent; remove it' : undefined;
}
