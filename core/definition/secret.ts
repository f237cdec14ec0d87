import * as z from 'zod';

/** A secret by reference. The config holds only this; the value is fetched where it is used. */
export interface SecretRef {
  secret: string;
}

/**
 * Names a secret: `secret('ssm:/tocsin/slack')` (SSM parameter), `secret('secretsmanager:tocsin/slack')`, or a bare name,
 * which is an SSM parameter on AWS. On the laptop each is an environment variable or a line in `.env`:
 * see {@link environmentName}.
 */
export const secret = (name: string): SecretRef => ({ secret: name });

/** The environment variable that holds a secret on the laptop: upper case, other characters become `_`. */
export const environmentName = (ref: SecretRef): string =>
  ref.secret
    .replace(/^(ssm|secretsmanager):/, '')
    .replace(/^\//, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_');

/** Whether a URL points at this machine: only such a URL may stand in the config in clear. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** A reference to a secret, as {@link secret} makes it. */
export const secretRef = z.strictObject({ secret: z.string().min(1) });

/** A URL that is itself a secret (a webhook, an SMTP URL): by reference, or in clear for loopback only. */
export const secretUrl = z.union([secretRef, z.string()], { error: "is not a secret; write secret('name')" }).refine(
  (value) => typeof value !== 'string' || isLoopback(value),
  // The value is not repeated: this text ends up in terminals and logs.
  { error: "is a secret in clear; write secret('tocsin/name') and store the value there", params: { hideValue: true } },
);

export type SecretUrl = z.output<typeof secretUrl>;

/** Fetches the values of secrets. */
export interface Secrets {
  /** The value. With `fresh`, past every cache: for when a provider just refused the cached one. */
  get(ref: SecretRef, options?: { fresh?: boolean }): Promise<string>;
}
