import { type ChannelSettings, kindOf } from '../channels/kind-of.ts';
import type { MonitoringDocument, Target } from '../definition/document.ts';
import type { SecretRef } from '../definition/secret.ts';
import { type SecretLocation, secretLocation } from '../definition/secret-location.ts';

type Channels = Readonly<Record<string, ChannelSettings>>;

/** The channels of one kind. */
export const channelsOfKind = (channels: Channels, kind: string): Channels =>
  Object.fromEntries(Object.entries(channels).filter(([, settings]) => settings.channel === kind));

/** Every reference to a secret in settings, at any depth, with the path of keys to it. */
export function secretRefsIn(
  settings: unknown,
  at: readonly string[] = [],
): { ref: SecretRef; at: readonly string[] }[] {
  if (typeof settings !== 'object' || settings === null) return [];
  if ('secret' in settings && typeof settings.secret === 'string') return [{ ref: { secret: settings.secret }, at }];
  return Object.entries(settings).flatMap(([key, value]) => secretRefsIn(value, [...at, key]));
}

/** The locations of all secrets that settings refer to, without duplicates. */
export const secretsOf = (settings: unknown): SecretLocation[] =>
  [...new Set(secretRefsIn(settings).map(({ ref }) => ref.secret))].sort().map((secret) => secretLocation({ secret }));

/** The settings that the checks of a target use, or one of its checks: their own, and the source of a volume. */
export const observedWith = (target: Target, check?: string): unknown[] => [
  ...target.checks.filter((settings) => check === undefined || settings.check === check),
  ...(target.kind === 'volume' ? [target.source] : []),
];

/** The locations of all secrets that a deployment reads: those of its channels and of its checks. */
export const allSecretsOf = ({
  channels,
  targets,
}: Pick<MonitoringDocument, 'channels' | 'targets'>): SecretLocation[] =>
  secretsOf([channels, targets.map((target) => observedWith(target))]);

/** The addresses that SES sends from and to for these channels, without duplicates. */
export function mailAddresses(channels: Channels): { from: string[]; to: string[] } {
  const viaSes = Object.values(channels)
    .flatMap((settings) => kindOf(settings).mail?.(settings) ?? [])
    .filter(({ bySes }) => bySes);
  const unique = (addresses: string[]) => [...new Set(addresses)].sort();
  return { from: unique(viaSes.map(({ from }) => from)), to: unique(viaSes.flatMap(({ to }) => to)) };
}
