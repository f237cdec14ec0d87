import PostalMime from 'postal-mime';
import type { ChannelKind } from '../core/channels/channel-kind.ts';
import type { Carriers, Mail, MailTransport } from '../core/delivery/send.ts';

/**
 * The carriers of the notifier of a channel type with `--print`: posts are shown and accepted, emails are saved to the outbox.
 * @param show prints a text under a heading
 */
export function printingCarriers(
  kind: Pick<ChannelKind, 'label' | 'provider' | 'preview'>,
  outbox: MailTransport,
  show: (heading: string, text: string) => void,
): Carriers {
  return {
    // A loopback URL, which is valid as a webhook and as an SMTP server.
    secrets: { get: async () => 'http://127.0.0.1/printed' },
    http: {
      async post(_, body) {
        show(`${kind.label}, not posted`, readablePost(kind, body));
        return kind.provider.posts?.take(body) ?? { status: 200, body: '' };
      },
    },
    mail: outbox,
    smtp: () => outbox,
  };
}

/** Formats a posted message as text; as JSON if its channel type has no preview. */
export const readablePost = ({ preview }: Pick<ChannelKind, 'preview'>, body: unknown): string =>
  preview ? preview(body) : JSON.stringify(body, undefined, 2);

/** Formats an email as plain text. */
export async function readableMail({ mime }: Mail): Promise<string> {
  const mail = await PostalMime.parse(mime);
  const to = mail.to?.map(({ address }) => address).join(', ');
  return [`From: ${mail.from?.address}`, `To: ${to}`, `Subject: ${mail.subject}`, '', mail.text ?? ''].join('\n');
}
