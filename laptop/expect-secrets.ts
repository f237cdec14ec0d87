import { channelKinds } from '../core/channels/kinds.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import type { Secrets, SecretUrl } from '../core/definition/secret.ts';
import { readSecretUrl } from '../core/delivery/secret-url.ts';
import { observedWith, secretRefsOf } from '../core/deployment/references.ts';
import { UserError } from '../core/user-error.ts';

/**
 * A secret that is not there, or that is no URL where its channel needs one, is reported before the first alert or check
 * needs it, and all of them at once. No value is repeated.
 * @throws {UserError}
 */
export async function expectSecrets(
  { channels, targets }: Pick<MonitoringDocument, 'channels' | 'targets'>,
  secrets: Secrets,
): Promise<void> {
  const problems: string[] = [];
  const expect = (name: string, reading: Promise<unknown>) =>
    reading.catch((error: unknown) => problems.push(`  ${name}: ${(error as Error).message}`));

  for (const [name, settings] of Object.entries(channels)) {
    const urls: Readonly<Record<string, readonly string[]>> =
      channelKinds.find((kind) => kind.name === settings.channel)?.secretUrls ?? {};
    for (const [key, value] of Object.entries(settings)) {
      const protocols = urls[key];
      if (protocols === undefined)
        for (const ref of secretRefsOf(value)) await expect(`channel ${name}`, secrets.get(ref));
      else if (value !== undefined)
        await expect(`channel ${name}`, readSecretUrl(secrets, value as SecretUrl, { protocols }));
    }
  }
  for (const target of targets)
    for (const ref of secretRefsOf(observedWith(target)))
      await expect(`${target.kind} ${target.name}`, secrets.get(ref));

  if (problems.length > 0)
    throw new UserError(
      `Secrets are missing or cannot be used:\n${problems.join('\n')}\nOr add --print to see messages in the terminal instead of sending them.`,
    );
}
