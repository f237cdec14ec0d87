import * as listed from './channels.ts';

type Listed = (typeof listed)[keyof typeof listed];

/** The kinds of channels that are listed, as a union. */
export type ListedChannelKind = Extract<Listed, { readonly isChannelKind: true }>;

/** Every kind of channel that Tocsin has, found in the list, so that it is not written down twice. */
export const channelKinds = Object.values(listed).filter(isChannelKind) as [ListedChannelKind, ...ListedChannelKind[]];

function isChannelKind(value: unknown): value is ListedChannelKind {
  return typeof value === 'object' && value !== null && 'isChannelKind' in value;
}
