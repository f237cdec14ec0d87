import { isLoopback, type Secrets, type SecretUrl } from '../definition/secret.ts';
import { PermanentError } from './errors.ts';

/**
 * The URL behind a channel's setting: a secret's value, or a loopback URL that stands in the config in clear.
 * @throws {PermanentError} when the secret's value is no URL of these protocols; the value is never repeated
 */
export async function readSecretUrl(
  secrets: Secrets,
  setting: SecretUrl,
  options: { protocols: readonly string[]; fresh?: boolean },
): Promise<string> {
  if (typeof setting === 'string') return setting;
  const value = (await secrets.get(setting, options.fresh ? { fresh: true } : {})).trim();
  if (URL.canParse(value) && (options.protocols.includes(new URL(value).protocol) || isLoopback(value))) return value;
  throw new PermanentError(
    `the secret ${setting.secret} does not hold a URL that starts with ${options.protocols.join('// or ')}//; store it again`,
  );
}
