import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SmtpMail } from '../../adapters/smtp-mail.ts';
import { leaksNoSecret } from '../support/leaks-no-secret.ts';
import { type SmtpMood, SmtpSink } from '../support/smtp-sink.ts';

let sink: SmtpSink;
beforeEach(async () => {
  sink = await SmtpSink.start();
});
afterEach(() => sink.stop());

const mail = {
  from: 'tocsin@example.com',
  to: ['ml-team@example.com', 'ops@example.com'],
  mime: new TextEncoder().encode('Subject: hello\r\n\r\nfirst\r\n.second\r\n'),
};
const urlOf = (port: number) => `smtp://tocsin:pa%24sw0rd%2Blong@127.0.0.1:${port}`;

describe('SmtpMail', () => {
  it('hands the message over byte for byte and returns the id that the relay gave it', async () => {
    expect(await new SmtpMail(urlOf(sink.port)).send(mail)).toBe('250 2.0.0 Ok: queued as 4F2A');
    expect(sink.mails).toEqual([{ from: mail.from, to: mail.to, data: 'Subject: hello\r\n\r\nfirst\r\n..second\r\n' }]);
  });

  it.each([
    { when: 'one recipient is rejected permanently', answers: ['550 no such user'], rest: 'PermanentError' },
    { when: 'one recipient is refused for now', answers: ['451 greylisted'], rest: 'TransientError' },
  ])('has delivered to the others when $when, and says who is missing', async ({ answers, rest }) => {
    sink.mood = { 'RCPT TO:<ops@example.com>': answers[0]! };
    const failure = await new SmtpMail(urlOf(sink.port)).send(mail).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      name: 'PartlyDeliveredError',
      reached: ['ml-team@example.com'],
      rest: { name: rest, message: expect.stringContaining(`ops@example.com`) },
    });
    expect(failure).toHaveProperty('message', expect.stringContaining(answers[0]!));
    expect(sink.mails.map(({ to }) => to)).toEqual([['ml-team@example.com']]);
  });

  it.each([
    { says: 'both permanently', one: '550 no such user', other: '551 moved', error: 'PermanentError' },
    {
      says: 'one permanently and one temporarily',
      one: '550 no such user',
      other: '450 busy',
      error: 'TransientError',
    },
  ])('is a $error when all recipients are refused, $says', async ({ one, other, error }) => {
    sink.mood = { 'RCPT TO:<ml-team@example.com>': one, 'RCPT TO:<ops@example.com>': other };
    const failure = await new SmtpMail(urlOf(sink.port)).send(mail).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ name: error });
    expect(sink.mails).toEqual([]);
  });

  it('gives up on a relay that goes on talking without ever taking the mail', async () => {
    sink.mood = 'chatter';
    await expect(new SmtpMail(urlOf(sink.port), { timeoutMs: 200 }).send(mail)).rejects.toThrow(
      'timeout: the relay did not complete the delivery',
    );
  });

  it.each([
    { when: 'the relay is busy', mood: { MAIL: '451 try later' }, error: 'TransientError', says: '451 try later' },
    {
      when: 'the relay cannot look up the password now',
      mood: { AUTH: '454 temporary failure' },
      error: 'TransientError',
      says: '454',
    },
    {
      when: 'the mailbox is full for now',
      mood: { '.': '452 insufficient storage' },
      error: 'TransientError',
      says: '452',
    },
    {
      when: 'the password is wrong',
      mood: { AUTH: '535 bad credentials' },
      error: 'PermanentError',
      says: '535 bad credentials',
    },
    {
      when: 'all recipients are refused',
      mood: { RCPT: '550 no such user' },
      error: 'PermanentError',
      says: '550 no such user',
    },
    {
      when: 'the message is refused',
      mood: { '.': '554 looks like spam' },
      error: 'PermanentError',
      says: '554 looks like spam',
    },
    { when: 'the relay says nothing', mood: 'hang', error: 'TransientError', says: '127.0.0.1' },
    {
      when: 'the relay quotes the password',
      mood: { AUTH: '535 no: pa$sw0rd+long' },
      error: 'PermanentError',
      says: '[secret]',
    },
  ] as { when: string; mood: SmtpMood; error: string; says: string }[])(
    'is a $error when $when',
    async ({ mood, error, says }) => {
      sink.mood = mood;
      const seen = await leaksNoSecret(['pa$sw0rd+long', 'pa%24sw0rd%2Blong'], () =>
        new SmtpMail(urlOf(sink.port), { timeoutMs: 300 }).send(mail),
      );
      expect(seen).toContain(error);
      expect(seen).toContain(says);
    },
  );

  it.each([
    { when: 'the relay hangs up after the end of the message', word: '.', may: true },
    { when: 'the relay hangs up before the message', word: 'DATA', may: false },
    { when: 'the relay hangs up at a recipient', word: 'RCPT', may: false },
    { when: 'the relay hangs up before the login', word: 'AUTH', may: false },
  ])('may have delivered: $may, when $when', async ({ word, may }) => {
    sink.mood = { [word]: (_, socket) => String(socket.destroy().destroyed) };
    const failure = await new SmtpMail(urlOf(sink.port), { timeoutMs: 300 })
      .send(mail)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'TransientError', mayHaveArrived: may });
  });

  it('is a TransientError that names the host when nobody listens', async () => {
    const { port } = sink;
    await sink.stop();
    const seen = await leaksNoSecret(['pa$sw0rd+long'], () => new SmtpMail(urlOf(port)).send(mail));
    expect(seen).toContain('TransientError');
    expect(seen).toContain(`127.0.0.1:${port}`);
    sink = await SmtpSink.start();
  });
});
