const controls = /[\p{Cc}\p{Cs}]/gu;

/**
 * Text from the world outside, fit for any channel: halves of characters and control characters, which some providers
 * refuse and some terminals obey, become a visible replacement. Line breaks and tabs stay.
 */
export const cleanText = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(controls, (found) => (found === '\n' || found === '\t' ? found : '\uFFFD'));

/** The same on one line: for titles, subjects and values. */
export const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim();

/** At most `limit` UTF-16 units, cut between characters and marked with an ellipsis. */
export const clip = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
