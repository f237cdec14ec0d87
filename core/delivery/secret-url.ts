import { isLoopback, type Secrets, type SecretUrl } from '../definition/secret.ts';
import { PermanentError } from './errors.ts';

/**
 * The URL of a channel's setting: the value of a secret, or a literal loopback URL in the config.
 * @throws {PermanentError} when the value of the secret is not a URL with one of these protocols. The error never has the value.
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
    `the value of the secret ${setting.secret} is not a URL that starts with ${options.protocols.join('// or ')}//; store it again`,
  );
}
