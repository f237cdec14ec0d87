// A page is made by two: a generator writes between two comments, people write around them. Neither touches the other's.
export const partBegins = '<!-- generated from the rules: begin; write outside of it -->';
export const partEnds = '<!-- generated from the rules: end -->';

/** A page as it is first written: its heading, the generated part, and a body for people to write on. */
export interface NewPage {
  heading: string;
  generated: string;
  body: string;
}

const framed = (generated: string): string => `${partBegins}\n\n${generated.trim()}\n\n${partEnds}`;

/** The whole text of a page that is not there yet. */
export const wholePage = ({ heading, generated, body }: NewPage): string =>
  `${[`# ${heading}`, framed(generated), ...(body.trim() ? [body.trim()] : [])].join('\n\n')}\n`;

/** A page that is there, with its generated part written anew; undefined when its comments do not frame one part. */
export function withGenerated(page: string, generated: string): string | undefined {
  const [begin, end] = [page.indexOf(partBegins), page.indexOf(partEnds)];
  const framesOnce =
    begin >= 0 && end > begin && page.lastIndexOf(partBegins) === begin && page.lastIndexOf(partEnds) === end;
  if (!framesOnce) return undefined;
  return `${page.slice(0, begin)}${framed(generated)}${page.slice(end + partEnds.length)}`;
}

/** What people wrote on a page: all that follows its generated part, or its heading when it has none. */
export const bodyOf = (page: string): string =>
  (page.includes(partEnds) ? page.slice(page.indexOf(partEnds) + partEnds.length) : page.replace(/^# .*\n/, '')).trim();
