import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slackProblem } from '../../../../core/channels/slack/limits.ts';
import { mrkdwn, type SlackMessage, slackMessage } from '../../../../core/channels/slack/message.ts';
import { aNotification } from '../../../support/a-notification.ts';
import { anyNotification, nastyText } from '../../../support/any-notification.ts';

const opened = aNotification();
const at = opened.openedAt + 42 * 60_000;
const textsOf = (message: SlackMessage) => JSON.stringify(message.attachments[0].blocks);

describe('slackMessage', () => {
  it.each([
    { name: 'opened', notification: opened },
    {
      name: 'reminder',
      notification: aNotification({ kind: 'reminder', sequence: 2, at: opened.openedAt + 3_600_000 }),
    },
    {
      name: 'resolved',
      notification: aNotification({ kind: 'resolved', sequence: 3, at, resolvedAt: at, value: '1' }),
    },
    {
      name: 'news',
      notification: aNotification({
        kind: 'news',
        tier: 'info',
        target: { kind: 'batch', name: 'nightly' },
        title: 'Batch run succeeded',
        description: 'Run 2026-11-21T02:00 of nightly finished in 3 min: 150 items, 147 successful, 3 failed.',
        value: undefined,
        threshold: undefined,
        actions: [],
        runbook: undefined,
      }),
    },
  ])('lays out $name as the golden file shows it', async ({ name, notification }) => {
    const text = `${JSON.stringify(slackMessage(notification), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`golden/${name}.json`);
  });

  it.each([
    { kind: 'again', says: 'The problem occurred again.' },
    { kind: 'reminder', says: 'Still open after 42 min.' },
    { kind: 'no-data', says: 'No data: the current state is unknown.' },
    { kind: 'resolved', says: 'Recovered after 42 min.' },
    { kind: 'closed', says: 'its rule was removed' },
  ] as const)('says where the incident stands when its kind is $kind', ({ kind, says }) => {
    expect(textsOf(slackMessage(aNotification({ kind, at })))).toContain(says);
  });

  it.each([
    { when: 'critical is red', fields: { tier: 'critical' }, emoji: '🔴', color: '#d92d20' },
    { when: 'info is blue', fields: { tier: 'info' }, emoji: '🔵', color: '#2e90fa' },
    { when: 'resolved is green, whatever the tier', fields: { kind: 'resolved' }, emoji: '✅', color: '#12b76a' },
    { when: 'closed is grey', fields: { kind: 'closed' }, emoji: '⚪', color: '#98a2b3' },
  ] as const)('$when', ({ fields, emoji, color }) => {
    const message = slackMessage(aNotification(fields));
    expect(message.text.startsWith(emoji)).toBe(true);
    expect(message.attachments[0].color).toBe(color);
  });

  it('asks for nothing any more when it is over', () => {
    const text = textsOf(slackMessage(aNotification({ kind: 'resolved', resolvedAt: at, at })));
    expect(text).not.toContain('Action required');
    expect(text).toContain('*Downtime*\\n42 min');
  });

  it('says the moment in the time zone of the deployment where Slack cannot show that of the reader', () => {
    expect(textsOf(slackMessage(opened))).toContain(
      '<!date^1795227184^{date_short_pretty} {time_secs}|2026-11-21 03:13:04 Europe/Berlin (02:13:04 UTC)>',
    );
  });

  it.each([
    {
      when: 'an URL becomes a link',
      runbook: 'https://wiki.example/tocsin/service-down.md',
      shows: '<https://wiki.example/tocsin/service-down.md|service-down.md>',
    },
    {
      when: 'its query cannot end the link',
      runbook: 'https://wiki.example/a?b=1&c=>|',
      shows: '<https://wiki.example/a?b=1&amp;c=%3E%7C|',
    },
    {
      when: 'a path stays a path',
      runbook: 'docs/runbooks/service-down.md',
      shows: '*Runbook* docs/runbooks/service-down.md',
    },
    { when: 'another scheme is no link', runbook: 'javascript:alert(1)', shows: '*Runbook* javascript:alert(1)' },
  ])('runbook: $when', ({ runbook, shows }) => {
    expect(textsOf(slackMessage(aNotification({ runbook })))).toContain(shows);
  });

  it('stays within the limits of Slack and mentions no one, with any text', () => {
    fc.assert(
      fc.property(anyNotification, (notification) => {
        const message = slackMessage(notification);
        expect(slackProblem(message)).toBeUndefined();
        const marked = [message.text, ...message.attachments[0].blocks.flatMap(textsIn)].join('\n');
        // The only entities are ours: dates and the link of the runbook.
        expect(marked.replace(/<!date\^\d+\^[^<>]*>|<https?:\/\/[^<>|]+\|[^<>|]*(?:\|[^<>]*)?>/g, '')).not.toMatch(
          /[<>]|@(channel|here|everyone)/i,
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('mrkdwn', () => {
  it.each([
    { text: 'a < b & c > d', becomes: 'a &lt; b &amp; c &gt; d' },
    { text: '<!channel> @here', becomes: '&lt;!channel&gt; @\u2060here' },
    { text: 'bell\u0007 and half \ud83d', becomes: 'bell\ufffd and half \ufffd' },
  ])('escapes $text', ({ text, becomes }) => {
    expect(mrkdwn(text, 100)).toBe(becomes);
  });

  it.each([
    { when: 'never inside an entity', text: 'ab&cd', limit: 5, becomes: 'ab…' },
    { when: 'never inside a character', text: 'abc😀de', limit: 5, becomes: 'abc…' },
    { when: 'not at all when it fits', text: 'abcde', limit: 5, becomes: 'abcde' },
  ])('clips $when', ({ text, limit, becomes }) => {
    expect(mrkdwn(text, limit)).toBe(becomes);
  });

  it('holds any limit for any text', () => {
    fc.assert(
      fc.property(nastyText(), fc.integer({ min: 1, max: 200 }), (text, limit) => mrkdwn(text, limit).length <= limit),
    );
  });
});

function textsIn(block: SlackMessage['blocks'][number]): string[] {
  if (block.type === 'context') return block.elements.map((element) => element.text);
  if ('fields' in block) return block.fields.map((field) => field.text);
  return [block.text.text];
}
