import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailOf } from '../../../../core/channels/email/mime.ts';
import { aNotification } from '../../../support/a-notification.ts';
import { anyNotification } from '../../../support/any-notification.ts';

const people = { from: 'tocsin@example.com', to: ['ml-team@example.com', 'ops@example.com'] };
const wireOf = async (...args: Parameters<typeof mailOf>) => Buffer.from((await mailOf(...args)).mime).toString('utf8');
/** Names and values of the header, unfolded. */
const headerOf = (wire: string) =>
  wire
    .slice(0, wire.indexOf('\r\n\r\n'))
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => line.split(/: ?(.*)/s).slice(0, 2) as [string, string]);

const ourHeaders = [
  'From',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'In-Reply-To',
  'References',
  'MIME-Version',
  'Content-Type',
  'Auto-Submitted',
  'X-Auto-Response-Suppress',
  'Importance',
];

describe('mailOf', () => {
  it('is the same bytes for the same notification', async () => {
    expect(await wireOf(aNotification(), people)).toBe(await wireOf(aNotification(), people));
  });

  it('says who, to whom, when, and that no person wrote it', async () => {
    const header = Object.fromEntries(headerOf(await wireOf(aNotification(), people)));
    expect(header).toMatchObject({
      From: '=?UTF-8?Q?tocsin-demo_=C2=B7_dev?= <tocsin@example.com>',
      To: 'ml-team@example.com, ops@example.com',
      Subject: '[CRITICAL] classifier - Service down',
      Date: 'Sat, 21 Nov 2026 02:13:05 +0000',
      'Message-ID': '<inc-3f9a1c.1.ml-alerts.tocsin-demo.dev@example.com>',
      'Auto-Submitted': 'auto-generated',
      Importance: 'High',
    });
  });

  it('holds a text part and an HTML part', async () => {
    const wire = await wireOf(aNotification(), people);
    expect(wire).toContain('Content-Type: multipart/alternative;');
    expect(wire).toContain('Content-Type: text/plain; charset=utf-8');
    expect(wire).toContain('Content-Type: text/html; charset=utf-8');
  });

  it('puts all mails of an incident into one thread, each with an id of its own', async () => {
    const headers = await Promise.all(
      [1, 2, 3].map(async (sequence) =>
        Object.fromEntries(headerOf(await wireOf(aNotification({ sequence }), people))),
      ),
    );
    expect(new Set(headers.map((header) => header['References']))).toEqual(
      new Set(['<inc-3f9a1c.tocsin-demo.dev@example.com>']),
    );
    expect(new Set(headers.map((header) => header['In-Reply-To'])).size).toBe(1);
    expect(new Set(headers.map((header) => header['Message-ID'])).size).toBe(3);
  });

  it('has no header but its own and no recipient but the channel’s, whatever the texts hold', async () => {
    await fc.assert(
      fc.asyncProperty(anyNotification, async (notification) => {
        const mail = await mailOf(notification, people);
        const header = headerOf(Buffer.from(mail.mime).toString('utf8'));
        expect(header.map(([name]) => name).filter((name) => !ourHeaders.includes(name))).toEqual([]);
        expect(Object.fromEntries(header)['To']).toBe('ml-team@example.com, ops@example.com');
        expect(mail).toMatchObject(people);
      }),
      { numRuns: 50 },
    );
  });
});
