import { closest, distance } from 'fastest-levenshtein';

/** The longest list of names in a message. Further names are counted. */
const maxNames = 25;

/** The name that was most likely meant: at most two fifths of it differ. Undefined if no name is close enough. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || name === '') return undefined;
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const wanted = plain(name);
  const found = closest(wanted, known.map(plain));
  const near = distance(wanted, found) <= Math.max(1, Math.round(Math.max(wanted.length, found.length) * 0.4));
  return near ? known.find((candidate) => plain(candidate) === found) : undefined;
}

/** The fix for an unknown name, to append to a sentence: `did you mean prod? Use one of: dev, prod`. */
export function useOneOf(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'none exist';
  const meant = nearest(name, known);
  const names = [
    ...known.slice(0, maxNames),
    ...(known.length > maxNames ? [`${known.length - maxNames} more`] : []),
  ].join(', ');
  return meant === undefined ? `use one of: ${names}` : `did you mean ${meant}? Use one of: ${names}`;
}
