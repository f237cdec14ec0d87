/** The response of a provider to a post. */
export interface ProviderAnswer {
  status: number;
  body: string;
}

/**
 * A simulation of the service behind a channel kind, for the simulator, the demo and tests. Pure, and as strict as the
 * documented limits of the service: the service accepts every message that the simulation accepts.
 */
export interface Provider {
  /** Its name in a sentence: `Slack` does not respond, `the mail server` does not respond. */
  readonly name: string;
  /** Its names in scenarios, the usual name first: `slack is down from 02:10 to 05:10`. Lower case, one word each. */
  readonly inScenarios: readonly [string, ...string[]];
  /** How it accepts messages by HTTP. @default undefined: its messages are mails */
  readonly posts?: {
    /** The path of the simulation on loopback: similar to that of the service, so that secrets have the same form. */
    readonly path: string;
    /** Its response to a message: the proof that it arrived, or why it is rejected. */
    take(body: unknown): ProviderAnswer;
    /** The response body for a message that it does not read, by the status of the response. */
    refusal(status: number): string;
  };
}
