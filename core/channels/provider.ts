/** What a provider answers to a post. */
export interface ProviderAnswer {
  status: number;
  body: string;
}

/**
 * The service behind a kind of channel, as its stand-ins play it: in the simulator, in the demo, in tests. Pure, and as
 * strict as the documented limits of the service: what the stand-in takes, the service takes.
 */
export interface Provider {
  /** What a sentence calls it: `Slack` does not answer, `the mail server` does not answer. */
  readonly name: string;
  /** What scenarios call it, the usual name first: `slack is down from 02:10 to 05:10`. Lower case, one word each. */
  readonly inScenarios: readonly [string, ...string[]];
  /** How it takes messages by HTTP. @default undefined: its messages are mails */
  readonly posts?: {
    /** The path of its stand-in on loopback: like that of the service, so that secrets look alike. */
    readonly path: string;
    /** Its answer to a message: what proves that it arrived, or why it is refused. */
    take(body: unknown): ProviderAnswer;
    /** Its body to a message that it does not even read, by the status that it answers with. */
    refusal(status: number): string;
  };
}
