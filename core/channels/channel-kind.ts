import type * as z from 'zod';

/** Names of settings, and the protocols of their URLs. */
type SecretUrls = Readonly<Record<string, readonly string[]>>;

/**
 * What the config says of a kind of channel. How it delivers is in `functions/<name>-notifier/`; a new kind is this
 * object, its folder and one line in `channels.ts`.
 */
export interface ChannelKind<
  Name extends string = string,
  Settings extends z.ZodType = z.ZodType,
  Urls extends SecretUrls = SecretUrls,
> {
  readonly isChannelKind: true;
  /** Its name, the value that the `notifications` topic filters on: `slack`. */
  readonly name: Name;
  /** The settings as a user writes them; they hold `channel: <name>`. */
  readonly settings: Settings;
  /** The settings that are URLs and secrets, with the protocols that they may have: `{ webhook: ['https:'] }`. */
  readonly secretUrls: Urls;
}

/** Declares a kind of channel. */
export const channelKind = <Name extends string, Settings extends z.ZodType, Urls extends SecretUrls>(
  kind: Omit<ChannelKind<Name, Settings, Urls>, 'isChannelKind'>,
): ChannelKind<Name, Settings, Urls> => ({ isChannelKind: true, ...kind });
