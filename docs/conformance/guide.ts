/** A rule or an alert of a guide, and the rules of Tocsin that implement it. */
export interface ConformanceRow {
  /** The lines of the guide that describe it. */
  lines: string;
  /** A summary of what the guide requires. */
  requirement: string;
  /** The rules that implement it, `<target>/<rule id>` of rule-tests/packs/packs.config.ts. */
  rules: readonly string[];
  /** How the implementation differs from the text of the guide, and why. */
  note?: string;
}

/** One of the five guides, with a row for each of its rules and alerts. */
export interface Guide {
  /** The title of the guide. */
  title: string;
  rows: readonly ConformanceRow[];
}
