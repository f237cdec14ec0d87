import { alertmanagerTitle } from '../../core/channels/alertmanager.ts';
import { type ChannelSettings, kindOf } from '../../core/channels/kind-of.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { environmentName, type SecretUrl } from '../../core/definition/secret.ts';
import { Noted } from './noted.ts';

/** What a channel's delivery needs that the config does not say, since Tocsin delivers by other means. */
export interface Means {
  /** The SMTP relay: `smtp.example.com:587`. */
  smarthost: string;
  /** The folder of files with one secret each, as Alertmanager will find it. */
  secrets: string;
}

/** The receiver of the operators, past channels and tiers. */
export const operatorsReceiver = 'tocsin-operators';

/** A receiver for each channel named. Alertmanager reads each secret from a file; none is written here. */
export const receiversOf = (document: MonitoringDocument, channels: readonly string[], means: Means): unknown[] =>
  channels.map((name) => receiverOf(name, document.channels[name]!, means));

function receiverOf(name: string, settings: ChannelSettings, means: Means): unknown {
  const secretFile = (secret: SecretUrl) => fileOf(name, secret, means);
  const { configs, notes } = kindOf(settings).receiver(settings, { secretFile });
  const receiver = { name, ...configs };
  return notes ? new Noted(notes, receiver) : receiver;
}

/** The operators are notified by mail. Tocsin needs no sender for that, Alertmanager does: the first that a channel has. */
export function operatorsOf({ operators, channels }: MonitoringDocument): unknown {
  if (operators.length === 0)
    return new Noted(['The config names no operators: nobody is notified when a check does not complete.'], {
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

/** The file of a secret is called as its variable on a laptop, in lower case. */
const fileOf = (channel: string, secret: SecretUrl, { secrets }: Means) =>
  `${secrets.replace(/\/$/, '')}/${environmentName(typeof secret === 'string' ? { secret: channel } : secret).toLowerCase()}`;
