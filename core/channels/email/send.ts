import { PermanentError } from '../../delivery/errors.ts';
import { readSecretUrl } from '../../delivery/secret-url.ts';
import type { Carriers, Mail, Send } from '../../delivery/send.ts';
import { mailOf } from './mime.ts';
import { type EmailSettings, smtpProtocols } from './settings.ts';

/**
 * Delivers by mail to the recipients that do not have the notification yet: through the channel's relay if it has one,
 * otherwise through the transport of the current environment.
 */
export function sender(carriers: Pick<Carriers, 'secrets' | 'mail' | 'smtp'>): Send<EmailSettings> {
  return async (notification, settings, reached = []) => {
    const to = settings.to.filter((recipient) => !reached.includes(recipient));
    // The remaining recipients were removed from the channel in the meantime.
    if (to.length === 0) return { proof: `reached ${reached.join(', ')}` };
    const mail = { ...(await mailOf(notification, settings)), to };
    const { smtp } = settings;
    return { proof: smtp === undefined ? await carriers.mail.send(mail) : await relay(carriers, smtp, mail) };
  };
}

async function relay(
  { secrets, smtp }: Pick<Carriers, 'secrets' | 'smtp'>,
  setting: NonNullable<EmailSettings['smtp']>,
  mail: Mail,
): Promise<string> {
  const read = (fresh: boolean) => readSecretUrl(secrets, setting, { protocols: smtpProtocols, fresh });
  const url = await read(false);
  try {
    return await smtp(url).send(mail);
  } catch (error) {
    if (!(error instanceof PermanentError) || typeof setting === 'string') throw error;
    // The password may have been changed: read the secret again without the cache, once.
    const fresh = await read(true);
    if (fresh === url) throw error;
    return smtp(fresh).send(mail);
  }
}
