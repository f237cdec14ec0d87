import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { batchRunDetailType, batchRunEvent, batchRunSource } from '../../events/batch-run.ts';

const guide = readFileSync(new URL('../../docs/guides/aws.md', import.meta.url), 'utf8');
const blockOf = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(guide)?.[1] ?? '';

describe('the guide to AWS', () => {
  it('shows entries for the bus that the pipeline understands', () => {
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
    'names source and detail type rightly in %s, since the bus drops what it does not know',
    (language) => {
      expect(blockOf(language)).toMatch(new RegExp(`Source"?: ["']${batchRunSource}["']`));
      expect(blockOf(language)).toMatch(new RegExp(`DetailType"?: ["']${batchRunDetailType}["']`));
    },
  );
});
