import type { ChannelSettings } from '../config/definition.ts';
import { type SecretPlace, secretPlace } from '../config/secret-place.ts';

type Channels = Readonly<Record<string, ChannelSettings>>;

/** The channels of one kind. */
export const channelsOfKind = (channels: Channels, kind: string): Channels =>
  Object.fromEntries(Object.entries(channels).filter(([, settings]) => settings.channel === kind));

/** Where all secrets lie that these channels refer to, wherever in their settings, each once. */
export function secretsOf(channels: Channels): SecretPlace[] {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('secret' in value && typeof value.secret === 'string') found.add(value.secret);
    Object.values(value).forEach(walk);
  };
  walk(channels);
  return [...found].sort().map((secret) => secretPlace({ secret }));
}

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
