/** What stands where a secret was. */
const mask = '[secret]';

/** A part of a URL (its path, its query) is secret by itself from this length on; a shorter one is in ordinary words. */
const shortestUrlPart = 6;

/** A secret of at least so many characters is found inside words too; a shorter one only where it stands alone. */
const shortestInsideWords = 4;

/** Of a secret so long, Base64 is recognized wherever in a longer text the secret was encoded. */
const shortestEmbedded = 6;

/**
 * A text from outside (a provider's answer, a library's error) without a secret URL and without its parts that are secret
 * by themselves: path, password and query, however they are encoded.
 */
export const redact = (text: string, secretUrl: string): string => redactor(secretUrl)(text);

/**
 * Takes secrets out of texts. A secret is a URL, `user:password`, a header, or a bare value; with it go its parts that are
 * secret by themselves, each as it is, URL-encoded, escaped as in JSON and HTML, and in Base64.
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

/** A secret and what is secret of it by itself. */
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

/** A password, and as SMTP and HTTP send it together with its user. */
const loginParts = (user: string, password: string) => [password, `${user}:${password}`, `\0${user}\0${password}`];

/** How a text may be written by whoever repeats it. */
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

/** Base64 of a text, with both alphabets: by itself, and those characters of it that stay whatever surrounds the text. */
function base64Forms(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length < 2) return [];
  const whole = base64(bytes);
  // Wherever it begins in a group of three bytes, the characters that hold nothing but it are always the same.
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
