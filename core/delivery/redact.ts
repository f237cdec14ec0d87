/** What stands where a secret was. */
const mask = '[secret]';

/**
 * A text from outside (a provider's answer, a library's error) without a secret URL and without its parts that are secret
 * by themselves: path, password and query. Parts under six characters stay, they are in ordinary words.
 */
export function redact(text: string, secretUrl: string): string {
  return secretPartsOf(secretUrl).reduce((redacted, part) => redacted.replaceAll(part, mask), text);
}

function secretPartsOf(secret: string): string[] {
  const parts = [secret];
  if (URL.canParse(secret)) {
    const { href, pathname, search, password } = new URL(secret);
    parts.push(href, pathname + search, pathname, search, password, decoded(password));
    parts.push(pathname.slice(pathname.lastIndexOf('/') + 1));
  }
  return [...new Set(parts)].filter((part) => part.length >= 6).sort((a, b) => b.length - a.length);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
