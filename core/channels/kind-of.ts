import type * as z from 'zod';
import type { Price } from '../deployment/price.ts';
import type { ChannelKind } from './channel-kind.ts';
import { channelKinds } from './channels.ts';

type Kinds = typeof channelKinds;

/** The settings of a channel of any kind. */
export type ChannelSettings = z.output<Kinds[number]['settings']>;

/** The schemas of all settings, in the order of the list. */
export const channelSchemas = channelKinds.map((kind) => kind.settings) as unknown as SchemasOf<Kinds>;

type SchemasOf<Listed extends readonly { readonly settings: unknown }[]> = {
  readonly [I in keyof Listed]: Listed[I]['settings'];
};

/**
 * The kind of a channel. Its type is that of any kind; call it only with the settings of channels of this kind.
 * @throws when there is no such kind, which the schema of the config prevents
 */
export function kindOf({ channel }: { channel: string }): ChannelKind {
  const kind = channelKinds.find(({ name }) => name === channel);
  if (!kind)
    throw new Error(`${channel} is not a channel type; use one of ${channelKinds.map(({ name }) => name).join(', ')}`);
  return kind as unknown as ChannelKind;
}

/** The kinds of these channels, without duplicates, in the order in which they first appear. */
export const kindsOf = (channels: Readonly<Record<string, { channel: string }>>): ChannelKind[] => [
  ...new Set(Object.values(channels).map(kindOf)),
];

/** The name of a price that a channel kind defines. */
export type ChannelPrice = PriceNameOf<Kinds[number]>;

type PriceNameOf<Kind> = Kind extends { readonly billed?: { readonly prices: Readonly<Record<infer Name, Price>> } }
  ? Name
  : never;

/** The prices of the providers of all kinds, by the name of each price. */
export const channelPrices: Readonly<Record<ChannelPrice, Price>> = Object.assign(
  {},
  ...channelKinds.map(({ billed }) => billed?.prices),
);
