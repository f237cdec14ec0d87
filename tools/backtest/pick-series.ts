import { RecordingError } from './recording-error.ts';

/** So many are named when a person has to choose. */
const mostNamed = 10;

/**
 * The one series of a dump that is meant.
 * @param how an example of the option that chooses
 * @throws {RecordingError} when it is none or more than one, with their names
 */
export function pickSeries<S extends { name: string }>(
  file: string,
  all: readonly S[],
  matching: readonly S[],
  how: string,
): S {
  const [only] = matching;
  if (only && matching.length === 1) return only;
  if (all.length === 0) throw new RecordingError(`${file} holds no series: the query matched nothing in its time.`);
  const shown = matching.length === 0 ? all : matching;
  const names = shown.slice(0, mostNamed).map(({ name }) => `  ${name}`);
  const more = shown.length > mostNamed ? [`  and ${shown.length - mostNamed} more`] : [];
  const says =
    matching.length === 0
      ? `holds no such series; it has ${all.length}:`
      : `holds ${matching.length} series; say which, as in ${how}:`;
  throw new RecordingError([`${file} ${says}`, ...names, ...more].join('\n'));
}
