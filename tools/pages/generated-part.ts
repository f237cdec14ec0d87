// A generator writes the part of a page between two comments, and people write the rest. Neither changes the other part.
export const partBegins = '<!-- generated from the rules: begin; write outside of it -->';
export const partEnds = '<!-- generated from the rules: end -->';

/** A new page: its heading, the generated part, and a body for people to edit. */
export interface NewPage {
  heading: string;
  generated: string;
  body: string;
}

const framed = (generated: string): string => `${partBegins}\n\n${generated.trim()}\n\n${partEnds}`;

/** The text of a new page. */
export const wholePage = ({ heading, generated, body }: NewPage): string =>
  `${[`# ${heading}`, framed(generated), ...(body.trim() ? [body.trim()] : [])].join('\n\n')}\n`;

/** Replaces the generated part of an existing page. Returns undefined if the two comments do not enclose exactly one part. */
export function withGenerated(page: string, generated: string): string | undefined {
  const [begin, end] = [page.indexOf(partBegins), page.indexOf(partEnds)];
  const framesOnce =
    begin >= 0 && end > begin && page.lastIndexOf(partBegins) === begin && page.lastIndexOf(partEnds) === end;
  if (!framesOnce) return undefined;
  return `${page.slice(0, begin)}${framed(generated)}${page.slice(end + partEnds.length)}`;
}

/** The part of a page that people write: the text after the generated part, or after the heading if there is none. */
export const bodyOf = (page: string): string =>
  (page.includes(partEnds) ? page.slice(page.indexOf(partEnds) + partEnds.length) : page.replace(/^# .*\n/, '')).trim();
