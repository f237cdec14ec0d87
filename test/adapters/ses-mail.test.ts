import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SESClient } from '@aws-sdk/client-ses';
import { describe, expect, it } from 'vitest';
import { SesMail } from '../../adapters/ses-mail.ts';
import { PermanentError, TransientError } from '../../core/delivery/errors.ts';
import { type AwsAnswer, AwsStandIn } from '../support/aws-stand-in.ts';

const aws = new AwsStandIn();
const mime = new TextEncoder().encode('Subject: [CRITICAL] classifier\r\n\r\nIt is down.');
const send = () =>
  new SesMail(new SESClient(aws.config)).send({
    from: 'tocsin@example.com',
    to: ['a@example.com', 'b@example.com'],
    mime,
  });

it('SES that gives no answer is waited for no longer than a channel can wait, and may have taken the mail', async () => {
  const hanging = createServer(() => {}).listen(0, '127.0.0.1');
  await once(hanging, 'listening');
  const endpoint = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`;
  const mail = { from: 'tocsin@example.com', to: ['a@example.com'], mime };
  const failure = await new SesMail(new SESClient({ ...aws.config, endpoint }), { timeoutMs: 50 })
    .send(mail)
    .catch((error: unknown) => error);
  hanging.closeAllConnections();
  hanging.close();
  expect(failure).toBeInstanceOf(TransientError);
  expect(failure).toMatchObject({ mayHaveArrived: true });
});

describe('SesMail', () => {
  it('hands over the whole mail and returns the id that SES gave it', async () => {
    aws.answer = () => ({ xml: '<MessageId>0102018f-ses</MessageId>' });
    expect(await send()).toBe('0102018f-ses');
    expect(aws.requests).toEqual([
      {
        action: 'SendRawEmail',
        input: {
          Version: '2010-12-01',
          Source: 'tocsin@example.com',
          'Destinations.member.1': 'a@example.com',
          'Destinations.member.2': 'b@example.com',
          'RawMessage.Data': Buffer.from(mime).toString('base64'),
        },
      },
    ]);
  });

  it.each<[string, AwsAnswer, typeof PermanentError | typeof TransientError, RegExp]>([
    [
      'an address that is not verified',
      { error: 'MessageRejected', message: 'Email address is not verified.' },
      PermanentError,
      /rejected the mail from tocsin@example.com to a@example.com, b@example.com: MessageRejected: Email address is not verified\. Verify the sender in SES.*: aws sesv2 create-email-identity/,
    ],
    [
      'an address that is none',
      { error: 'InvalidParameterValue', message: 'Missing final @domain' },
      PermanentError,
      /Missing final @domain/,
    ],
    [
      'a MAIL FROM domain that is not verified',
      { error: 'MailFromDomainNotVerifiedException', message: 'no MX record' },
      PermanentError,
      /no MX record/,
    ],
    [
      'too many mails a second',
      { error: 'Throttling', message: 'Maximum sending rate exceeded.' },
      TransientError,
      /rate/,
    ],
    ['a failure of SES', { error: 'InternalFailure', message: 'oops', status: 500 }, TransientError, /oops/],
    ['SES being away', { error: 'ServiceUnavailable', message: 'later', status: 503 }, TransientError, /later/],
    ['a grant that is missing', { error: 'AccessDenied', message: 'not authorized' }, TransientError, /not authorized/],
    ['a paused account', { error: 'AccountSendingPausedException', message: 'paused' }, TransientError, /paused/],
    ['a connection that breaks', 'hang up', TransientError, /did not accept the mail/],
    ['an answer without an id', { xml: '' }, TransientError, /without a message id/],
  ])('%s', async (_, answer, kind, says) => {
    aws.answer = () => answer;
    const failure = await send().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(kind);
    expect((failure as Error).message).toMatch(says);
  });

  describe('when SES refuses a mail because of one of its recipients', () => {
    const refusesOnly = (...refused: string[]) => {
      aws.answer = ({ input }) => {
        const to = Object.entries(input as Record<string, string>).flatMap(([key, value]) =>
          key.startsWith('Destinations') ? [value] : [],
        );
        return to.some((address) => refused.includes(address))
          ? { error: 'MessageRejected', message: `Email address is not verified: ${refused.join()}` }
          : { xml: `<MessageId>id-of-${to.join('+')}</MessageId>` };
      };
    };

    it('the others still receive it, and the error names the rejected one', async () => {
      refusesOnly('b@example.com');
      expect(await send().catch((error: unknown) => error)).toMatchObject({
        name: 'PartlyDeliveredError',
        reached: ['a@example.com'],
        rest: { name: 'PermanentError', message: expect.stringContaining('to b@example.com: MessageRejected') },
      });
    });

    it('and of all, the first refusal is what is reported', async () => {
      refusesOnly('a@example.com', 'b@example.com');
      await expect(send()).rejects.toThrow('to a@example.com, b@example.com: MessageRejected');
    });
  });
});
