import { closest, distance } from 'fastest-levenshtein';

/** More names than this are counted: nobody reads a list of hundreds. */
const mostNames = 25;

/** The name that was most likely meant: at most two fifths of it are written differently. Undefined when none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || name === '') return undefined;
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const wanted = plain(name);
  const found = closest(wanted, known.map(plain));
  const near = distance(wanted, found) <= Math.max(1, Math.round(Math.max(wanted.length, found.length) * 0.4));
  return near ? known.find((candidate) => plain(candidate) === found) : undefined;
}

/** What there is instead of an unknown name, to go on a sentence: `did you mean prod? There are dev, prod`. */
export function thereAre(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  const names = [
    ...known.slice(0, mostNames),
    ...(known.length > mostNames ? [`${known.length - mostNames} more`] : []),
  ];
  const list = known.length === 0 ? 'there are none' : `there are ${names.join(', ')}`;
  return meant === undefined ? list : `did you mean ${meant}? ${list[0]!.toUpperCase()}${list.slice(1)}`;
}
