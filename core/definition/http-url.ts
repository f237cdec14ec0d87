import * as z from 'zod';

/** A user name or password before the host: `https://user:password@host`, even if the rest is not a valid URL. */
const userinfo = /^([a-z][a-z0-9+.-]*:)?[/\\]{2}[^/\\?#]*@/i;

/** Whether a URL holds a user name or a password. */
export const hasCredentials = (url: string): boolean => {
  const text = url.trim();
  return userinfo.test(text) || (URL.canParse(text) && new URL(text).username + new URL(text).password !== '');
};

/**
 * Removes the credentials of the URLs in a text, for messages that repeat values of the config. A password can contain
 * invalid characters such as `/`, so everything from the scheme to the last `@` is removed if it contains a colon.
 */
export const hideCredentials = (text: string): string => text.replace(/[^\s"'`]+/g, hideInWord);

/** Handles one word. Its running time is linear, because a word can be very long. */
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

/** The fix: how to pass credentials. */
const useSecret =
  "contains credentials in plain text; remove them and store them as a secret: auth: basic(secret('tocsin/name')), whose value is user:password, or bearer(secret('tocsin/name'))";

/** Rejects a URL with credentials. The message does not repeat the URL, because messages reach terminals and logs. */
export const withoutCredentials = <S extends z.ZodType<string>>(schema: S, message = useSecret) =>
  schema.refine((text) => !hasCredentials(text), { error: message, params: { hideValue: true } });

/** An http or https URL of a target, without credentials and without a fragment, which HTTP does not send. */
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
  return text.includes('#') ? 'has a fragment (#…), which HTTP does not send; remove it' : undefined;
}
