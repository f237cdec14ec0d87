import { alertmanagerTitle } from '../../core/channels/alertmanager.ts';
import { type ChannelSettings, kindOf } from '../../core/channels/kind-of.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { environmentName, type SecretUrl } from '../../core/definition/secret.ts';
import { Noted } from './noted.ts';

/** The settings for delivery by Alertmanager that the config of Tocsin does not have. */
export interface Means {
  /** The SMTP relay: `smtp.example.com:587`. */
  smarthost: string;
  /** The folder, on the host of Alertmanager, with one file for each secret. */
  secrets: string;
}

/** The receiver of the operators. It does not depend on channels and tiers. */
export const operatorsReceiver = 'tocsin-operators';

/** Makes a receiver for each channel. Alertmanager reads secrets from files; the export contains none. */
export const receiversOf = (document: MonitoringDocument, channels: readonly string[], means: Means): unknown[] =>
  channels.map((name) => receiverOf(name, document.channels[name]!, means));

function receiverOf(name: string, settings: ChannelSettings, means: Means): unknown {
  const secretFile = (secret: SecretUrl) => fileOf(name, secret, means);
  const { configs, notes } = kindOf(settings).receiver(settings, { secretFile });
  const receiver = { name, ...configs };
  return notes ? new Noted(notes, receiver) : receiver;
}

/** The operators are notified by email. Alertmanager needs a sender for that: the sender of the first email channel. */
export function operatorsOf({ operators, channels }: MonitoringDocument): unknown {
  if (operators.length === 0)
    return new Noted(['The config has no operators, so nobody is notified if a check does not complete.'], {
      name: operatorsReceiver,
    });
  const [sender] = Object.values(channels).flatMap((settings) => kindOf(settings).mail?.(settings).from ?? []);
  return {
    name: operatorsReceiver,
    email_configs: [
      { from: sender ?? operators[0], to: operators.join(', '), headers: { Subject: alertmanagerTitle } },
    ],
  };
}

/** The file of a secret has the name of its environment variable on a laptop, in lower case. */
const fileOf = (channel: string, secret: SecretUrl, { secrets }: Means) =>
  `${secrets.replace(/\/$/, '')}/${environmentName(typeof secret === 'string' ? { secret: channel } : secret).toLowerCase()}`;
