import { PermanentError } from '../../delivery/errors.ts';
import { readSecretUrl } from '../../delivery/secret-url.ts';
import type { Carriers, Mail, Send } from '../../delivery/send.ts';
import { mailOf } from './mime.ts';
import { type EmailSettings, smtpProtocols } from './settings.ts';

/**
 * Delivers by mail: through the relay that the channel names, else through the transport of this world; to those
 * recipients that do not have it yet.
 */
export function sender(carriers: Pick<Carriers, 'secrets' | 'mail' | 'smtp'>): Send<EmailSettings> {
  return async (notification, settings, reached = []) => {
    const to = settings.to.filter((recipient) => !reached.includes(recipient));
    // Whoever still waited for it was taken off the list meanwhile.
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
    // The relay may refuse a password that was changed since: look past the cache, once.
    const fresh = await read(true);
    if (fresh === url) throw error;
    return smtp(fresh).send(mail);
  }
}
