const controls = /[\p{Cc}\p{Cs}]/gu;

/**
 * External text, cleaned for any channel: lone surrogates and control characters, which some providers reject and some
 * terminals execute, are replaced by a visible character. Line breaks and tabs are unchanged. Of a line that was overwritten
 * (a progress bar) only the last state is used.
 */
export const cleanText = (text: string): string =>
  text
    .split('\n')
    .map(lastState)
    .join('\n')
    .replace(controls, (found) => (found === '\n' || found === '\t' ? found : '\uFFFD'));

/** A line as a terminal shows it after it was overwritten: the text after the last carriage return. */
function lastState(line: string): string {
  let end = line.length;
  while (line[end - 1] === '\r') end -= 1;
  // No regular expression, because its run time would be quadratic for long text.
  return line.slice(line.lastIndexOf('\r', end - 1) + 1, end);
}

/** The same on one line: for titles, subjects and values. */
export const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim();

/**
 * At most `limit` UTF-16 units from the end, for text whose end is most important: the last line of a traceback has the
 * error. Truncated between characters and marked with an ellipsis.
 */
export const clipStart = (text: string, limit: number): string =>
  text.length <= limit ? text : `…${text.slice(text.length - limit + 1).replace(/^[\uDC00-\uDFFF]/, '')}`;

/** At most `limit` UTF-16 units, truncated between characters and marked with an ellipsis. */
export const clip = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
