import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { batchRunDetailType, batchRunEvent, batchRunSource } from '../../events/batch-run.ts';

const guide = readFileSync(new URL('../../docs/guides/batch-jobs.md', import.meta.url), 'utf8');
const blockOf = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(guide)?.[1] ?? '';

describe('the guide to batch jobs', () => {
  it('shows entries for the bus that the pipeline accepts', () => {
    const entries = JSON.parse(blockOf('json')) as Record<string, string>[];
    const events = entries.map((entry) => ({
      id: 'given by the bus',
      source: entry['Source'],
      'detail-type': entry['DetailType'],
      detail: JSON.parse(entry['Detail']!) as unknown,
    }));
    expect(events.map((event) => batchRunEvent.parse(event).detail.job)).toEqual(['nightly']);
  });

  it.each(['python', 'ts'])(
    'has the correct source and detail type in %s, because the bus drops other events',
    (language) => {
      expect(blockOf(language)).toMatch(new RegExp(`Source"?: ["']${batchRunSource}["']`));
      expect(blockOf(language)).toMatch(new RegExp(`DetailType"?: ["']${batchRunDetailType}["']`));
    },
  );
});
