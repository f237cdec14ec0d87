import type { ChannelSettings } from '../definition/definition.ts';
import type { MonitoringDocument, Target } from '../definition/document.ts';
import type { SecretRef } from '../definition/secret.ts';
import { type SecretLocation, secretLocation } from '../definition/secret-location.ts';

type Channels = Readonly<Record<string, ChannelSettings>>;

/** The channels of one kind. */
export const channelsOfKind = (channels: Channels, kind: string): Channels =>
  Object.fromEntries(Object.entries(channels).filter(([, settings]) => settings.channel === kind));

/** Every reference to a secret in settings, wherever it stands in them, each once. */
export function secretRefsOf(settings: unknown): SecretRef[] {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('secret' in value && typeof value.secret === 'string') found.add(value.secret);
    Object.values(value).forEach(walk);
  };
  walk(settings);
  return [...found].sort().map((secret) => ({ secret }));
}

/** Where all secrets lie that settings refer to, each once. */
export const secretsOf = (settings: unknown): SecretLocation[] => secretRefsOf(settings).map(secretLocation);

/** What of a target its checks look with, or one of them: their settings, and the source of a volume. */
export const observedWith = (target: Target, check?: string): unknown[] => [
  ...target.checks.filter((settings) => check === undefined || settings.check === check),
  ...(target.kind === 'volume' ? [target.source] : []),
];

/** Where all secrets lie that a deployment reads: those of its channels and of its checks. */
export const allSecretsOf = ({
  channels,
  targets,
}: Pick<MonitoringDocument, 'channels' | 'targets'>): SecretLocation[] =>
  secretsOf([channels, targets.map((target) => observedWith(target))]);

/**
 * The addresses that SES sends from and to for these channels, each once. A channel is SES's business when it has a
 * `from` and no SMTP relay.
 */
export function mailAddresses(channels: Channels): { from: string[]; to: string[] } {
  const viaSes = Object.values(channels)
    .filter((settings) => 'from' in settings)
    .filter(({ smtp }) => !smtp);
  const unique = (addresses: string[]) => [...new Set(addresses)].sort();
  return { from: unique(viaSes.map(({ from }) => from)), to: unique(viaSes.flatMap(({ to }) => to)) };
}
