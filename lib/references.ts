import type { ChannelSettings } from '../core/config/definition.ts';

type Channels = Readonly<Record<string, ChannelSettings>>;

/** The channels of one kind. */
export const channelsOfKind = (channels: Channels, kind: string): Channels =>
  Object.fromEntries(Object.entries(channels).filter(([, settings]) => settings.channel === kind));

/** The names of all secrets that these channels refer to, wherever in their settings, each once. */
export function secretsOf(channels: Channels): string[] {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('secret' in value && typeof value.secret === 'string') found.add(value.secret);
    Object.values(value).forEach(walk);
  };
  walk(channels);
  return [...found].sort();
}

/** Where a secret lies: `ssm:` or a bare name is an SSM parameter, `secretsmanager:` a secret of that service. */
export function parseSecret(name: string): { store: 'ssm' | 'secretsmanager'; id: string } {
  if (name.startsWith('secretsmanager:')) return { store: 'secretsmanager', id: name.slice('secretsmanager:'.length) };
  const id = name.replace(/^ssm:/, '');
  // SSM takes a name with a slash in it only with a slash in front.
  return { store: 'ssm', id: id.includes('/') && !id.startsWith('/') ? `/${id}` : id };
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
