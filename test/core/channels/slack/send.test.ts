import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../../adapters/virtual-clock.ts';
import { sender } from '../../../../core/channels/slack/send.ts';
import type { HttpPoster } from '../../../../core/delivery/send.ts';
import { aNotification } from '../../../support/a-notification.ts';
import { leaksNoSecret } from '../../../support/leaks-no-secret.ts';

const start = Date.parse('2026-11-21T02:13:06Z');
const hook = 'https://hooks.slack.example/services/T0AAAA/B0BBBB/sEcReTtOkEn123';
const settings = { channel: 'slack', webhook: { secret: 'tocsin/slack-webhook' } } as const;
type Answer = Awaited<ReturnType<HttpPoster['post']>>;

/** A Slack that gives these answers in turn, the last one for ever, and a secret that is new when fetched past the cache. */
function world(answers: (Answer | Error)[], secrets = { cached: hook, fresh: hook }) {
  const clock = new VirtualClock(start);
  const posts: { url: string; at: number; body: unknown }[] = [];
  const send = sender({
    secrets: { get: async (_, options) => (options?.fresh ? secrets.fresh : secrets.cached) },
    http: {
      post: async (url, body) => {
        posts.push({ url, at: clock.now() - start, body });
        const answer = answers[Math.min(posts.length, answers.length) - 1]!;
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    clock,
  });
  return { send, posts, clock };
}

describe('an answer of Slack', () => {
  it.each([
    { answers: 'an HTML login page', body: '<!doctype html><title>Log in</title>', error: 'TransientError' },
    { answers: 'nothing', body: '', error: 'TransientError' },
    { answers: 'JSON that says no', body: '{"ok":false,"error":"fatal_error"}', error: 'TransientError' },
    { answers: 'JSON that says too many', body: '{"ok":false,"error":"ratelimited"}', error: 'TransientError' },
    { answers: 'JSON that says why', body: '{"ok":false,"error":"channel_is_archived"}', error: 'PermanentError' },
    { answers: "one of Slack's refusals", body: 'no_service', error: 'PermanentError' },
    { answers: 'an ok of somebody else', body: 'ok, whatever', error: 'TransientError' },
  ])('of 200 with $answers is no proof', async ({ body, error }) => {
    const { send, clock } = world([{ status: 200, body }]);
    const failure = await clock.until(send(aNotification(), settings).catch((thrown: unknown) => thrown));
    expect(failure).toMatchObject({ name: error });
  });

  it('of 200 is the proof', async () => {
    const { send, posts } = world([{ status: 200, body: 'ok' }]);
    expect(await send(aNotification(), settings)).toEqual({ proof: 'ok' });
    expect(posts).toMatchObject([{ url: hook, body: { text: expect.stringContaining('Service down') } }]);
  });

  it.each([
    { answer: { status: 429, body: 'rate_limited', retryAfter: '30' }, retryAfterSeconds: 30 },
    { answer: { status: 429, body: '', retryAfter: 'Sat, 21 Nov 2026 02:14:06 GMT' }, retryAfterSeconds: 60 },
    { answer: { status: 429, body: '', retryAfter: 'soon' }, retryAfterSeconds: undefined },
    { answer: { status: 500, body: 'oops' }, retryAfterSeconds: undefined },
    { answer: { status: 503, body: '' }, retryAfterSeconds: undefined },
    // A login page, and a proxy that lets nothing through for now.
    { answer: { status: 302, body: '' }, retryAfterSeconds: undefined },
    { answer: { status: 403, body: '<html>Access denied</html>' }, retryAfterSeconds: undefined },
    { answer: { status: 404, body: '<html>nginx</html>' }, retryAfterSeconds: undefined },
    { answer: { status: 408, body: '' }, retryAfterSeconds: undefined },
  ])(
    'of $answer.status $answer.body ($answer.retryAfter) may be tried again',
    async ({ answer, retryAfterSeconds }) => {
      const { send, clock } = world([answer]);
      const failure = await clock.until(send(aNotification(), settings)).catch((error: unknown) => error);
      expect(failure).toMatchObject({ name: 'TransientError', retryAfterSeconds });
    },
  );

  it.each([
    {
      status: 400,
      body: 'invalid_blocks',
      says: 'Slack responded with 400 invalid_blocks: Slack rejected the layout of the message',
    },
    { status: 403, body: 'action_prohibited', says: 'an administrator of the workspace does not allow this action' },
    { status: 404, body: 'no_service', says: 'create a new webhook and store it as the secret' },
    { status: 404, body: 'channel_not_found', says: 'deleted or made private' },
    { status: 410, body: 'channel_is_archived', says: 'unarchive it' },
  ])('of $status $body is permanent, and states its meaning', async ({ status, body, says }) => {
    const failure = await leaksNoSecret([hook, 'sEcReTtOkEn123'], () => {
      const { send, clock } = world([{ status, body }]);
      return clock.until(send(aNotification(), settings));
    });
    expect(failure).toContain('PermanentError');
    expect(failure).toContain(says);
  });
});

describe('a webhook that was replaced', () => {
  it.each([401, 403, 404])('is fetched past the cache once when Slack answers %i', async (status) => {
    const fresh = `${hook}-new`;
    const { send, posts, clock } = world(
      [
        { status, body: 'no_service' },
        { status: 200, body: 'ok' },
      ],
      { cached: hook, fresh },
    );
    expect(await clock.until(send(aNotification(), settings))).toEqual({ proof: 'ok' });
    expect(posts.map((post) => post.url)).toEqual([hook, fresh]);
  });

  it('and is still refused fails permanently after that one time', async () => {
    const { send, posts, clock } = world([{ status: 404, body: 'no_service' }]);
    await expect(clock.until(send(aNotification(), settings))).rejects.toThrow('no_service');
    expect(posts).toHaveLength(2);
  });

  it('cannot be fetched again when it is a literal in the config', async () => {
    const { send, posts } = world([{ status: 404, body: 'no_service' }]);
    const literal = { channel: 'slack', webhook: 'http://127.0.0.1:9/x' } as const;
    await expect(send(aNotification(), literal)).rejects.toThrow('no_service');
    expect(posts).toHaveLength(1);
  });
});

describe('pace', () => {
  it('is one message a second for each webhook, and webhooks do not wait for each other', async () => {
    const { send, posts, clock } = world([{ status: 200, body: 'ok' }]);
    const other = { channel: 'slack', webhook: 'http://127.0.0.1:9/other' } as const;
    await clock.until(
      Promise.all([
        send(aNotification(), settings),
        send(aNotification(), settings),
        send(aNotification(), settings),
        send(aNotification(), other),
      ]),
    );
    const momentsOf = (webhook: string) => posts.filter(({ url }) => url === webhook).map(({ at }) => at);
    expect(momentsOf(hook)).toEqual([0, 1000, 2000]);
    expect(momentsOf(other.webhook)).toEqual([0]);
  });
});

describe('the webhook stays secret', () => {
  it.each([
    { when: 'the network fails and the library quotes the URL', answers: [new Error(`connect ETIMEDOUT ${hook}`)] },
    { when: 'the network fails with the URL in a cause', answers: [new Error('failed', { cause: { url: hook } })] },
    {
      when: 'the answer quotes the path',
      answers: [{ status: 400, body: 'no such /services/T0AAAA/B0BBBB/sEcReTtOkEn123' }],
    },
    { when: 'the answer quotes the token alone', answers: [{ status: 500, body: 'bad sEcReTtOkEn123' }] },
  ])('when $when', async ({ answers }) => {
    const seen = await leaksNoSecret([hook, 'sEcReTtOkEn123'], () => world(answers).send(aNotification(), settings));
    expect(seen).toMatch(/TransientError|PermanentError/);
  });

  it('when its value is not what it should be', async () => {
    const wrong = { cached: 'sEcReTtOkEn123 pasted twice', fresh: '' };
    const seen = await leaksNoSecret(['sEcReTtOkEn123'], () => world([], wrong).send(aNotification(), settings));
    expect(seen).toContain('the value of the secret tocsin/slack-webhook is not a URL that starts with https://');
  });
});
