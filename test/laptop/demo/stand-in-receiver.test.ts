import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FetchHttpPoster } from '../../../adapters/fetch-http-poster.ts';
import { slackMessage } from '../../../core/channels/slack/message.ts';
import { slackChannel } from '../../../core/channels/slack/slack.ts';
import { StandInReceiver } from '../../../laptop/demo/stand-in-receiver.ts';
import { aNotification } from '../../support/a-notification.ts';

let slack: StandInReceiver;
beforeEach(async () => {
  slack = await StandInReceiver.start(slackChannel);
});
afterEach(() => slack.stop());

const post = (body: unknown, timeoutMs = 5000) => new FetchHttpPoster().post(slack.url, body, { timeoutMs });
const header = (text: string) => ({ type: 'header', text: { type: 'plain_text', text } });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('the stand-in for Slack', () => {
  it('takes our message, keeps it, and answers as Slack does', async () => {
    const message = slackMessage(aNotification());
    expect(await post(message)).toEqual({ status: 200, body: 'ok', retryAfter: undefined });
    expect(slack.received).toEqual([{ path: '/services/T000/B000/stand-in', message }]);
  });

  it.each([
    { why: 'an empty object', body: {}, says: 'no_text' },
    { why: 'a bare text that is no object', body: 'hello', says: 'invalid_payload' },
    { why: 'an empty text', body: { text: '' }, says: 'no_text' },
    { why: 'a header of 151 characters', body: { blocks: [header('x'.repeat(151))] }, says: 'invalid_blocks' },
    { why: 'a section of 3,001 characters', body: { blocks: [section('x'.repeat(3001))] }, says: 'invalid_blocks' },
    { why: 'a section with an empty text', body: { blocks: [section('')] }, says: 'invalid_blocks' },
    { why: 'a section of nothing', body: { blocks: [{ type: 'section' }] }, says: 'invalid_blocks' },
    {
      why: 'eleven fields',
      body: { blocks: [{ type: 'section', fields: Array(11).fill({ type: 'mrkdwn', text: 'x' }) }] },
      says: 'invalid_blocks',
    },
    { why: 'a block of a kind that there is not', body: { blocks: [{ type: 'marquee' }] }, says: 'invalid_blocks' },
    { why: '51 blocks', body: { blocks: Array(51).fill({ type: 'divider' }) }, says: 'invalid_blocks' },
    {
      why: '51 blocks over two places',
      body: { blocks: Array(50).fill({ type: 'divider' }), attachments: [{ blocks: [{ type: 'divider' }] }] },
      says: 'invalid_blocks',
    },
    { why: 'a colour that is none', body: { attachments: [{ color: 'reddish' }] }, says: 'invalid_attachments' },
    {
      why: 'blocks that are too long together',
      body: { blocks: Array(5).fill(section('x'.repeat(2900))) },
      says: 'msg_blocks_too_long',
    },
  ])('refuses $why', async ({ body, says }) => {
    expect(await post(body)).toMatchObject({ status: 400, body: says });
    expect(slack.received).toEqual([]);
    expect(slack.posts).toBe(1);
  });

  it.each([
    {
      mood: { answer: 'status', status: 429, retryAfterSeconds: 30 },
      gives: { status: 429, body: 'rate_limited', retryAfter: '30' },
    },
    { mood: { answer: 'status', status: 500, body: 'oops' }, gives: { status: 500, body: 'oops' } },
    { mood: { answer: 'status', status: 404 }, gives: { status: 404, body: 'no_service' } },
  ] as const)('fails with $gives.status when it is told to, and recovers', async ({ mood, gives }) => {
    slack.behave(mood);
    expect(await post({ text: 'hello' })).toMatchObject(gives);
    slack.behave({ answer: 'ok' });
    expect(await post({ text: 'hello' })).toMatchObject({ status: 200 });
  });

  it('hangs when it is told to, and stops all the same', async () => {
    slack.behave({ answer: 'hang' });
    await expect(post({ text: 'hello' }, 50)).rejects.toThrow('timeout after 0.05 s');
  });

  it('says when its port is taken', async () => {
    const port = Number(new URL(slack.url).port);
    await expect(StandInReceiver.start(slackChannel, { port })).rejects.toThrow('EADDRINUSE');
  });
});
