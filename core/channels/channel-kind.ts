import type * as z from 'zod';
import type { Carriers, Send } from '../delivery/send.ts';
import type { Price } from '../deployment/price.ts';
import type { Clock } from '../time/clock.ts';
import type { Receiver, ReceiverMeans } from './alertmanager.ts';
import type { Provider } from './provider.ts';

/** The value of a secret setting: a URL with one of these protocols, or any text, such as a key. */
export type SecretForm = { readonly url: readonly string[] } | 'key';

/** The addresses that a channel sends mail from and to. */
export interface MailAddresses {
  from: string;
  to: readonly string[];
  /** Whether Amazon SES sends it. Otherwise the channel has its own relay. */
  bySes: boolean;
}

/** Creates the sender of a channel kind from the carriers of the current environment. */
export type MakeSender<Settings> = (carriers: Carriers & { clock: Clock }) => Send<Settings>;

/**
 * The definition of a channel kind. The config, the pipeline on AWS and on the laptop, the simulator, the exports and the
 * cost estimate all use this object, so that a new kind is one folder here, one handler in `functions/`, and its lines in
 * `channels.ts`.
 */
export interface ChannelKind<
  Name extends string = string,
  Settings extends z.ZodType = z.ZodType,
  Prices extends string = string,
> {
  /** Its name, the value that the `notifications` topic filters on: `slack`. Its function is `<name>-notifier`. */
  readonly name: Name;
  /** The name for people: `Slack`. */
  readonly label: string;
  /** The settings as a user writes them, with `channel: <name>`. */
  readonly settings: Settings;
  /** An example channel for the documentation. The tests that every kind must pass use it. */
  readonly example: z.input<Settings>;
  /** The settings that are secrets, and the form of each value: `{ webhook: { url: ['https:'] } }`. */
  readonly secrets: Readonly<Record<string, SecretForm>>;
  /** Loads the sender. It is loaded when a message is sent: synth and the commands never need it. */
  sender(): Promise<MakeSender<z.output<Settings>>>;
  /** The service that it delivers through, for simulations. */
  readonly provider: Provider;
  /** A posted message as people read it, in plain text: for `--print` and the demo. @default the message as JSON */
  preview?(posted: unknown): string;
  /** The channel as a receiver of Alertmanager. */
  receiver(settings: z.output<Settings>, means: ReceiverMeans): Receiver;
  /** The addresses of the mail that it sends. @default it sends no mail */
  mail?(settings: z.output<Settings>): MailAddresses;
  /** What the provider charges for messages. @default nothing */
  readonly billed?: {
    /** The line of the cost estimate: `mails by SES`. */
    readonly item: string;
    /** The price, by a name that a config can override under `cost.prices`. */
    readonly prices: Readonly<Record<Prices, Price>>;
    /** How many units of each price the channels of this kind use, if each of them sends this number of messages. */
    uses(channels: readonly z.output<Settings>[], messages: number): Readonly<Record<Prices, number>>;
  };
}

/** Declares a kind of channel, with the types that its settings give. */
export const channelKind = <const Name extends string, Settings extends z.ZodType, const Prices extends string = never>(
  kind: ChannelKind<Name, Settings, Prices>,
): ChannelKind<Name, Settings, Prices> => kind;
