import type { ChannelSettings } from '../../core/definition/definition.ts';
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

function receiverOf(name: string, channel: ChannelSettings, means: Means): unknown {
  if (channel.channel === 'slack') {
    const slack = { api_url_file: secretFile(name, channel.webhook, means), send_resolved: true, title, text };
    return { name, slack_configs: [slack] };
  }
  const { from, to, smtp } = channel;
  const mail = { name, email_configs: [{ from, to: to.join(', '), send_resolved: true, headers: { Subject: title } }] };
  const relay = smtp === undefined ? 'SES' : 'a relay of its own, whose address is a secret';
  return new Noted([`In Tocsin its mail goes out through ${relay}; here it takes the relay above.`], mail);
}

/** The operators hear by mail. Tocsin needs no sender for that, Alertmanager does: the one of the first email channel. */
export function operatorsOf({ operators, channels }: MonitoringDocument): unknown {
  if (operators.length === 0)
    return new Noted(['The config names no operators: nobody hears when a check does not complete.'], {
      name: operatorsReceiver,
    });
  const sender = Object.values(channels).find((channel) => channel.channel === 'email')?.from;
  return {
    name: operatorsReceiver,
    email_configs: [{ from: sender ?? operators[0], to: operators.join(', '), headers: { Subject: title } }],
  };
}

/** The file of a secret is called as its variable on a laptop, in lower case. */
const secretFile = (channel: string, secret: SecretUrl, { secrets }: Means) =>
  `${secrets.replace(/\/$/, '')}/${environmentName(typeof secret === 'string' ? { secret: channel } : secret).toLowerCase()}`;

const title =
  '[{{ .CommonLabels.severity | toUpper }}] {{ .CommonAnnotations.summary }}{{ if eq .Status "resolved" }}: resolved{{ end }}';
const text = '{{ range .Alerts }}{{ .Annotations.description }}\n{{ .Annotations.actions }}\n{{ end }}';
