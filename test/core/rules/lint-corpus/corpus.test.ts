import { describe, expect, it } from 'vitest';
import { lintCodes } from '../../../../core/rules/lint/finding.ts';
import { faultyLimits } from './faulty-limits.ts';
import { faultyWindows } from './faulty-windows.ts';
import { good } from './good.ts';
import { findingsOf } from './row.ts';

const faulty = [...faultyLimits, ...faultyWindows];

// What the lint says is worth as much as it is right: half of these rules are good, and nothing may be found in them.

describe('the lint finds nothing in', () => {
  it.each(good.map((row) => [row.sentence, row] as const))('%s', (_, row) => {
    expect(findingsOf(row)).toEqual([]);
  });
});

describe('the lint finds', () => {
  it.each(faulty.map((row) => [row.found.join(' and '), row.sentence, row] as const))('%s in: %s', (_, __, row) => {
    expect(findingsOf(row).sort()).toEqual([...row.found].sort());
  });
});

describe('the corpus', () => {
  it('has as many good rules as faulty ones, and over sixty in all', () => {
    expect(good.length).toBeGreaterThan(30);
    expect(good.length + faulty.length).toBeGreaterThan(60);
  });

  it('has a rule for every finding but those of many targets and of files', () => {
    const found = new Set(faulty.flatMap((row) => row.found));
    expect(lintCodes.filter((code) => !found.has(code))).toEqual(['runbook-missing', 'costs-much']);
  });
});
