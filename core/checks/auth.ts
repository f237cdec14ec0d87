import * as z from 'zod';
import { type SecretRef, type Secrets, secretRef } from '../definition/secret.ts';
import { PermanentError } from '../delivery/errors.ts';

const reference = z.strictObject({ auth: z.enum(['basic', 'bearer']), secret: secretRef });

export type Auth = z.output<typeof reference>;

/** The authentication of a check: HTTP Basic or a bearer token, with a reference to a secret. Messages do not repeat other values. */
export const auth = z.custom<Auth>((value) => reference.safeParse(value).success, {
  error: "is not a valid authentication; write basic(secret('name')) or bearer(secret('name'))",
  params: { hideValue: true },
});

/** HTTP Basic. The secret's value is `user:password`. @example auth: basic(secret('tocsin/classifier')) */
export const basic = (secret: SecretRef): Auth => ({ auth: 'basic', secret });

/** A bearer token. The secret's value is the token. @example auth: bearer(secret('tocsin/classifier')) */
export const bearer = (secret: SecretRef): Auth => ({ auth: 'bearer', secret });

/** The header to send, and the value that must not appear in any output. */
export interface Credentials {
  header: string;
  secret: string;
}

/**
 * Reads the credentials of a check.
 * @throws {PermanentError} if the secret's value cannot be sent. The message does not repeat it
 */
export async function credentialsOf(
  secrets: Secrets,
  { auth: kind, secret }: Auth,
  options: { fresh?: boolean } = {},
): Promise<Credentials> {
  const value = (await secrets.get(secret, options)).trim();
  if (kind === 'basic') {
    if (!value.includes(':'))
      throw new PermanentError(
        `the secret ${secret.secret} does not contain user:password; store it again in this form`,
      );
    return { header: `Basic ${base64(value)}`, secret: value };
  }
  // The HTTP library would reject other characters with an error that repeats the value.
  if (!/^[\x21-\x7e]+$/.test(value))
    throw new PermanentError(
      `the secret ${secret.secret} is not a valid token: it contains spaces or characters outside ASCII; store it again`,
    );
  return { header: `Bearer ${value}`, secret: value };
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
