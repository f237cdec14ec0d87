/** The replacement for a secret. */
const mask = '[secret]';

/** The minimum length of a URL part (path, query) that is treated as a secret. A shorter one occurs in ordinary words. */
const shortestUrlPart = 6;

/** A secret of at least this length is found inside words too; a shorter one only as a separate word. */
const shortestInsideWords = 4;

/** For a secret of at least this length, Base64 is recognized also if the secret was encoded as a part of a longer text. */
const shortestEmbedded = 6;

/**
 * External text (the response of a provider, the error of a library) without a secret URL and without its secret parts:
 * path, password and query, in any encoding.
 */
export const redact = (text: string, secretUrl: string): string => redactor(secretUrl)(text);

/**
 * Removes secrets from texts. A secret is a URL, `user:password`, a header, or a bare value. Its secret parts are removed
 * too, each unchanged, URL-encoded, escaped as in JSON and HTML, and in Base64.
 */
export function redactor(...secrets: string[]): (text: string) => string {
  const forms = [...new Set(secrets.flatMap(partsOf).flatMap(formsOf))]
    .filter((form) => form !== '')
    .sort((a, b) => b.length - a.length)
    .map((form) => ({ form, alone: form.length < shortestInsideWords ? standingAlone(form) : undefined }));
  return (text) =>
    forms.reduce(
      (redacted, { form, alone }) =>
        alone ? redacted.replace(alone, mask) : redacted.includes(form) ? redacted.replaceAll(form, mask) : redacted,
      text,
    );
}

/** A secret and its secret parts. */
function partsOf(secret: string): string[] {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(secret) && URL.canParse(secret)) return [secret, ...partsOfUrl(new URL(secret))];
  const header = /^(?:Basic|Bearer) (.+)$/.exec(secret)?.[1];
  if (header !== undefined) return [header];
  const [user = '', ...rest] = secret.split(':');
  return rest.length === 0 ? [secret] : [secret, ...loginParts(user, rest.join(':'))];
}

function partsOfUrl({ href, pathname, search, username, password }: URL): string[] {
  const parts = [href, pathname + search, pathname, search, pathname.slice(pathname.lastIndexOf('/') + 1)];
  return [
    ...parts.filter((part) => part.length >= shortestUrlPart),
    ...(password === '' ? [] : [password, ...loginParts(decoded(username), decoded(password))]),
  ];
}

/** A password, alone and together with its user as SMTP and HTTP send it. */
const loginParts = (user: string, password: string) => [password, `${user}:${password}`, `\0${user}\0${password}`];

/** The forms in which a text may be repeated. */
function formsOf(text: string): string[] {
  const plain = decoded(text);
  const encoded = encodeURIComponent(plain);
  return [
    text,
    plain,
    encoded,
    encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    encoded.replaceAll('%20', '+'),
    JSON.stringify(plain).slice(1, -1),
    plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    ...[text, plain].flatMap(base64Forms),
  ];
}

/** Base64 of a text, with both alphabets: of the text alone, and the characters that are the same in any surrounding text. */
function base64Forms(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length < 2) return [];
  const whole = base64(bytes);
  // For each offset in a group of three bytes, the characters that encode only this text are always the same.
  const embedded = [0, 1, 2].map((before) => {
    const shifted = base64(new Uint8Array([...new Uint8Array(before), ...bytes]));
    return shifted.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const standard = [whole, whole.replace(/=+$/, ''), ...(bytes.length < shortestEmbedded ? [] : embedded)];
  return [...standard, ...standard.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

const standingAlone = (form: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}])${form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'gu');

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
