import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseBody } from '../../../core/queues/parse-body.ts';

const schema = z.strictObject({ job: z.string(), at: z.strictObject({ hour: z.number() }) });

describe('parseBody', () => {
  it('gives the content of a message that fits', () => {
    expect(parseBody(schema, '{"job":"nightly","at":{"hour":2}}')).toEqual({
      ok: true,
      content: { job: 'nightly', at: { hour: 2 } },
    });
  });

  it.each([
    { body: '', reason: 'the message is not JSON: (empty)' },
    { body: `{${'x'.repeat(200)}`, reason: `the message is not JSON: {${'x'.repeat(78)}…` },
    { body: '7', reason: /^the message does not match its schema: the message: .*object/ },
    { body: '{"job":7,"at":{"hour":"two"}}', reason: /: job: .*string.*; at\.hour: .*number/ },
    { body: '{"job":"a","at":{"hour":2},"extra":1}', reason: /the message: .*"extra"/ },
  ])('says on one line all that is wrong with $body', ({ body, reason }) => {
    const parsed = parseBody(schema, body);
    const said = parsed.ok ? '' : parsed.reason;
    expect(said).toMatch(reason);
    expect(said).not.toContain('\n');
  });
});
