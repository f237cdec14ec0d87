import * as z from 'zod';
import { type SecretRef, type Secrets, secretRef } from '../definition/secret.ts';
import { PermanentError } from '../delivery/errors.ts';

const reference = z.strictObject({ auth: z.enum(['basic', 'bearer']), secret: secretRef });

export type Auth = z.output<typeof reference>;

/** How a check proves who it is: HTTP Basic or a bearer token, from a secret by reference. What else it is given is not repeated. */
export const auth = z.custom<Auth>((value) => reference.safeParse(value).success, {
  error: "is not a way to authenticate; write basic(secret('name')) or bearer(secret('name'))",
  params: { hideValue: true },
});

/** HTTP Basic. The secret's value is `user:password`. @example auth: basic(secret('tocsin/classifier')) */
export const basic = (secret: SecretRef): Auth => ({ auth: 'basic', secret });

/** A bearer token. The secret's value is the token. @example auth: bearer(secret('tocsin/classifier')) */
export const bearer = (secret: SecretRef): Auth => ({ auth: 'bearer', secret });

/** A header to send, and the value that must not show up anywhere. */
export interface Credentials {
  header: string;
  secret: string;
}

/**
 * The credentials of a check.
 * @throws {PermanentError} when the secret's value cannot be sent; the value is never repeated
 */
export async function credentialsOf(
  secrets: Secrets,
  { auth: kind, secret }: Auth,
  options: { fresh?: boolean } = {},
): Promise<Credentials> {
  const value = (await secrets.get(secret, options)).trim();
  if (kind === 'basic') {
    if (!value.includes(':'))
      throw new PermanentError(`the secret ${secret.secret} does not hold user:password; store it again`);
    return { header: `Basic ${base64(value)}`, secret: value };
  }
  // What a header cannot hold would fail in the HTTP library, whose error repeats it.
  if (!/^[\x21-\x7e]+$/.test(value))
    throw new PermanentError(`the secret ${secret.secret} does not hold a token: it has blanks or other characters`);
  return { header: `Bearer ${value}`, secret: value };
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
