/** A rule or an alert of a guide, and what became of it. */
export interface ConformanceRow {
  /** The guide's lines that ask for it. */
  lines: string;
  /** What it asks for, in our own words. */
  asks: string;
  /** The rules that answer it, `<target>/<rule id>` of rule-tests/packs/packs.config.ts. */
  rules: readonly string[];
  /** Where we read the guide differently from its letter, and why. */
  note?: string;
}

/** One of the five guides, with a row for each of its rules and alerts. */
export interface Guide {
  file: string;
  rows: readonly ConformanceRow[];
}
