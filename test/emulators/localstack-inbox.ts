import PostalMime from 'postal-mime';
import * as z from 'zod';
import type { MailSeen } from '../acceptance/world.ts';

/** What SES took: raw mails, which the notifier writes, and plain ones, which SNS writes to the operators. */
const inbox = z.object({
  messages: z.array(
    z.object({ RawData: z.string().optional(), Body: z.object({ text_part: z.string().nullish() }).optional() }),
  ),
});

/** An alarm's message, which is all that an operator gets. */
const stateChange = z.object({ OldStateValue: z.string(), NewStateValue: z.string() });

/** The notifier's mails in LocalStack's inbox. */
export async function mailsAt(url: string): Promise<MailSeen[]> {
  const raw = (await messagesAt(url)).flatMap(({ RawData }) => RawData ?? []);
  return Promise.all(
    raw.map(async (mime) => {
      const mail = await PostalMime.parse(mime);
      const to = (mail.to ?? []).flatMap(({ address }) => address ?? []);
      return { subject: mail.subject ?? '', to, text: mail.text ?? '' };
    }),
  );
}

/** The change that each mail to an operator tells: `OK → ALARM`. */
export async function operatorMailsAt(url: string): Promise<string[]> {
  return (await messagesAt(url)).flatMap(({ Body }) => {
    if (!Body?.text_part) return [];
    const { OldStateValue, NewStateValue } = stateChange.parse(JSON.parse(Body.text_part));
    return [`${OldStateValue} → ${NewStateValue}`];
  });
}

async function messagesAt(url: string) {
  const response = await fetch(url);
  // LocalStack loads SES at the first call for it. Until then nobody knows this path, and no mail can have come.
  if (response.status === 404) return [];
  return inbox.parse(await response.json()).messages;
}
