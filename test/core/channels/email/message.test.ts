import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailMessage } from '../../../../core/channels/email/message.ts';
import { aNotification } from '../../../support/a-notification.ts';
import { anyNotification } from '../../../support/any-notification.ts';

const opened = aNotification();
const at = opened.openedAt + 42 * 60_000;

describe('emailMessage', () => {
  it.each([
    { name: 'opened', notification: opened },
    {
      name: 'resolved',
      notification: aNotification({ kind: 'resolved', sequence: 3, at, resolvedAt: at, value: '1' }),
    },
  ])('lays out $name as the golden files show it', async ({ name, notification }) => {
    const { subject, text, html } = emailMessage(notification);
    await expect(`Subject: ${subject}\n\n${text}`).toMatchFileSnapshot(`golden/${name}.txt`);
    await expect(html).toMatchFileSnapshot(`golden/${name}.html`);
  });

  it.each([
    { kind: 'opened', subject: '[CRITICAL] classifier - Service down' },
    { kind: 'again', subject: '[AGAIN] [CRITICAL] classifier - Service down' },
    { kind: 'reminder', subject: '[REMINDER] [CRITICAL] classifier - Service down' },
    { kind: 'no-data', subject: '[NO DATA] [CRITICAL] classifier - Service down' },
    { kind: 'resolved', subject: '[RESOLVED] [CRITICAL] classifier - Service down' },
    { kind: 'closed', subject: '[CLOSED] [CRITICAL] classifier - Service down' },
    { kind: 'news', subject: '[CRITICAL] classifier - Service down' },
  ] as const)('has a subject that filters can read when its kind is $kind', ({ kind, subject }) => {
    expect(emailMessage(aNotification({ kind })).subject).toBe(subject);
  });

  it('escapes for HTML what people wrote, and leaves it as it is in the text', () => {
    const { text, html } = emailMessage(aNotification({ description: '<b>5 > 3</b> & "so"' }));
    expect(text).toContain('<b>5 > 3</b> & "so"');
    expect(html).toContain('&lt;b&gt;5 &gt; 3&lt;/b&gt; &amp; &quot;so&quot;');
  });

  it.each([
    {
      runbook: 'https://wiki.example/a?b="1"&c',
      shows: '<a href="https://wiki.example/a?b=%221%22&amp;c">https://wiki.example/a?b=&quot;1&quot;&amp;c</a>',
    },
    { runbook: 'javascript:alert(1)', shows: '<strong>Runbook</strong> javascript:alert(1)</p>' },
    { runbook: 'docs/runbooks/service-down.md', shows: '<strong>Runbook</strong> docs/runbooks/service-down.md</p>' },
  ])('links a runbook that is a web page and no other: $runbook', ({ runbook, shows }) => {
    expect(emailMessage(aNotification({ runbook })).html).toContain(shows);
  });

  it('has a one-line subject and no tag but its own, whatever the texts hold', () => {
    const tagsOf = (html: string) => new Set(html.match(/<[^>]*>?/g)?.map((tag) => tag.replace(/[\s>].*$/s, '')));
    const own = [
      '!doctype',
      'html',
      'head',
      'meta',
      'body',
      'div',
      'h1',
      'table',
      'tr',
      'td',
      'p',
      'ol',
      'li',
      'strong',
      'a',
    ];
    const allowed = new Set(own.flatMap((tag) => [`<${tag}`, `</${tag}`]));
    fc.assert(
      fc.property(anyNotification, (notification) => {
        const { subject, html } = emailMessage(notification);
        expect(subject).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        expect(subject.length).toBeLessThanOrEqual(200);
        expect([...tagsOf(html)].filter((tag) => !allowed.has(tag))).toEqual([]);
      }),
    );
  });
});
