import { afterEach, beforeEach, expect, it } from 'vitest';
import { EnvironmentSecrets } from '../../../../adapters/environment-secrets.ts';
import { SmtpMail } from '../../../../adapters/smtp-mail.ts';
import { sender } from '../../../../core/channels/email/send.ts';
import { aNotification } from '../../../support/a-notification.ts';
import { SmtpSink } from '../../../support/smtp-sink.ts';

let sink: SmtpSink;
beforeEach(async () => {
  sink = await SmtpSink.start();
});
afterEach(() => sink.stop());

it('a mail comes out of the relay as it was written, only to the recipients of the channel', async () => {
  const send = sender({
    secrets: new EnvironmentSecrets({ environment: {} }),
    mail: { send: async () => 'not this way' },
    smtp: (url) => new SmtpMail(url),
  });
  const to = ['ml-team@example.com', 'ops@example.com'];
  const smtp = `smtp://127.0.0.1:${sink.port}`;

  const proof = await send(aNotification(), { channel: 'email', from: 'tocsin@example.com', to, smtp });

  expect(proof).toEqual({ proof: '250 2.0.0 Ok: queued as 4F2A' });
  expect(sink.mails).toMatchObject([{ from: 'tocsin@example.com', to }]);
  const { data } = sink.mails[0]!;
  expect(data).toContain('\r\nSubject: [CRITICAL] classifier - Service down\r\n');
  expect(data).toContain('1. Open the service');
  expect(data.split('\r\n').every((line) => line.length <= 998)).toBe(true);
});
