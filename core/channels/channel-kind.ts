import type * as z from 'zod';
import type { Carriers, Send } from '../delivery/send.ts';
import type { Price } from '../deployment/price.ts';
import type { Clock } from '../time/clock.ts';
import type { Receiver, ReceiverMeans } from './alertmanager.ts';
import type { Provider } from './provider.ts';

/** What a secret setting holds: a URL of one of these protocols, or any text, such as a key. */
export type SecretForm = { readonly url: readonly string[] } | 'key';

/** The addresses that a channel sends mail from and to. */
export interface MailAddresses {
  from: string;
  to: readonly string[];
  /** Whether Amazon SES sends it; otherwise the channel names a relay of its own. */
  bySes: boolean;
}

/** Makes a kind's way of sending from what this world delivers with. */
export type MakeSender<Settings> = (carriers: Carriers & { clock: Clock }) => Send<Settings>;

/**
 * Everything that Tocsin knows of a kind of channel. The config, the pipeline on AWS and on the laptop, the simulator, the
 * exports and the bill all ask this object, so that a new kind is one folder here, one handler in `functions/`, and its
 * lines in `channels.ts`.
 */
export interface ChannelKind<
  Name extends string = string,
  Settings extends z.ZodType = z.ZodType,
  Prices extends string = string,
> {
  /** Its name, the value that the `notifications` topic filters on: `slack`. Its function is `<name>-notifier`. */
  readonly name: Name;
  /** What people call it: `Slack`. */
  readonly label: string;
  /** The settings as a user writes them; they hold `channel: <name>`. */
  readonly settings: Settings;
  /** A channel as the documentation shows it. The tests that every kind must pass play it. */
  readonly example: z.input<Settings>;
  /** The settings that are secrets, and what each holds: `{ webhook: { url: ['https:'] } }`. */
  readonly secrets: Readonly<Record<string, SecretForm>>;
  /** Loads how it sends. Loaded when something is sent: synth and the commands never need it. */
  sender(): Promise<MakeSender<z.output<Settings>>>;
  /** The service that it delivers through, for stand-ins. */
  readonly provider: Provider;
  /** A posted message as its readers see it, in plain text: for `--print` and the demo. @default the message as JSON */
  preview?(posted: unknown): string;
  /** The channel as a receiver of Alertmanager. */
  receiver(settings: z.output<Settings>, means: ReceiverMeans): Receiver;
  /** The addresses of the mail that it sends. @default it sends no mail */
  mail?(settings: z.output<Settings>): MailAddresses;
  /** What the provider is paid for messages. @default nothing */
  readonly billed?: {
    /** The line of the bill: `mails by SES`. */
    readonly item: string;
    /** The price, by a name that a config can override under `cost.prices`. */
    readonly prices: Readonly<Record<Prices, Price>>;
    /** How many of each priced thing the channels of this kind use, when each of them sends so many messages. */
    uses(channels: readonly z.output<Settings>[], messages: number): Readonly<Record<Prices, number>>;
  };
}

/** Declares a kind of channel, with the types that its settings give. */
export const channelKind = <const Name extends string, Settings extends z.ZodType, const Prices extends string = never>(
  kind: ChannelKind<Name, Settings, Prices>,
): ChannelKind<Name, Settings, Prices> => kind;
