import PostalMime from 'postal-mime';
import type { ChannelKind } from '../core/channels/channel-kind.ts';
import type { Carriers, Mail, MailTransport } from '../core/delivery/send.ts';

/**
 * What the notifier of a kind of channel delivers with under `--print`: posts are shown and taken, mail goes to the outbox.
 * @param show prints a text under a heading
 */
export function printingCarriers(
  kind: Pick<ChannelKind, 'label' | 'provider' | 'preview'>,
  outbox: MailTransport,
  show: (heading: string, text: string) => void,
): Carriers {
  return {
    // On loopback, so that it may stand for a webhook as well as for an SMTP relay.
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

/** A posted message as its readers see it; as JSON where its kind does not say how that is. */
export const readablePost = ({ preview }: Pick<ChannelKind, 'preview'>, body: unknown): string =>
  preview ? preview(body) : JSON.stringify(body, undefined, 2);

/** A mail as a reader of plain text sees it. */
export async function readableMail({ mime }: Mail): Promise<string> {
  const mail = await PostalMime.parse(mime);
  const to = mail.to?.map(({ address }) => address).join(', ');
  return [`From: ${mail.from?.address}`, `To: ${to}`, `Subject: ${mail.subject}`, '', mail.text ?? ''].join('\n');
}
