import type * as z from 'zod';

/**
 * What the config says of a kind of channel. How it delivers is in `functions/<name>-notifier/`; a new kind is this
 * object, its folder and one line in `channels.ts`.
 */
export interface ChannelKind<Name extends string = string, Settings extends z.ZodType = z.ZodType> {
  readonly isChannelKind: true;
  /** Its name, the value that the `notifications` topic filters on: `slack`. */
  readonly name: Name;
  /** The settings as a user writes them; they hold `channel: <name>`. */
  readonly settings: Settings;
}

/** Declares a kind of channel. */
export const channelKind = <Name extends string, Settings extends z.ZodType>(
  kind: Omit<ChannelKind<Name, Settings>, 'isChannelKind'>,
): ChannelKind<Name, Settings> => ({ isChannelKind: true, ...kind });
