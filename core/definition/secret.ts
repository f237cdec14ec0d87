import * as z from 'zod';

/** A reference to a secret. The config contains only the reference; the value is read where it is used. */
export interface SecretRef {
  secret: string;
}

/**
 * References a secret: `secret('ssm:/tocsin/slack')` (SSM parameter), `secret('secretsmanager:tocsin/slack')`, or a bare
 * name, which is an SSM parameter on AWS. On a laptop it is an environment variable or a line in `.env`:
 * its name in upper case, other characters as `_`.
 * @example webhook: secret('tocsin/slack-webhook')
 */
export const secret = (name: string): SecretRef => ({ secret: name });

/** The environment variable that holds a secret on a laptop: uppercase, other characters become `_`. */
export const environmentName = (ref: SecretRef): string =>
  ref.secret
    .replace(/^(ssm|secretsmanager):/, '')
    .replace(/^\//, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_');

/** Whether a URL points at this machine: only such a URL is allowed in plain text. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** A reference to a secret, created with {@link secret}. */
export const secretRef = z.strictObject({ secret: z.string().min(1) });

/** A URL that is itself a secret (a webhook, an SMTP URL): a reference, or plain text for loopback addresses only. */
export const secretUrl = z.union([secretRef, z.string()], { error: "is not a secret; write secret('name')" }).refine(
  (value) => typeof value !== 'string' || isLoopback(value),
  // The message does not repeat the value, because messages reach terminals and logs.
  {
    error: "is a secret in plain text; write secret('tocsin/name') and store the value under that name",
    params: { hideValue: true },
  },
);

export type SecretUrl = z.output<typeof secretUrl>;

/** Reads the values of secrets. */
export interface Secrets {
  /** The value. With `fresh`, caches are bypassed: for when a provider has rejected the cached value. */
  get(ref: SecretRef, options?: { fresh?: boolean }): Promise<string>;
}
