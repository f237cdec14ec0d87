import { RecordingError } from './recording-error.ts';

/** The maximum number of series that an error lists. */
const mostNamed = 10;

/**
 * Returns the one series of a dump that matches.
 * @param how an example of the option that selects a series
 * @throws {RecordingError} if none or more than one matches; the error lists the series
 */
export function pickSeries<S extends { name: string }>(
  file: string,
  all: readonly S[],
  matching: readonly S[],
  how: string,
): S {
  const [only] = matching;
  if (only && matching.length === 1) return only;
  if (all.length === 0) throw new RecordingError(`${file} has no series: the query matched nothing in its time range.`);
  const shown = matching.length === 0 ? all : matching;
  const names = shown.slice(0, mostNamed).map(({ name }) => `  ${name}`);
  const more = shown.length > mostNamed ? [`  and ${shown.length - mostNamed} more`] : [];
  const says =
    matching.length === 0
      ? `has no such series; it has ${all.length}:`
      : `has ${matching.length} series; select one, for example ${how}:`;
  throw new RecordingError([`${file} ${says}`, ...names, ...more].join('\n'));
}
