import { kindOf } from '../core/channels/kind-of.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import type { SecretRef, Secrets } from '../core/definition/secret.ts';
import { readSecretUrl } from '../core/delivery/secret-url.ts';
import { observedWith, secretRefsIn } from '../core/deployment/references.ts';
import { UserError } from '../core/user-error.ts';

/** A secret that the document refers to. */
interface Expected {
  /** The owner of the secret: `channel ml-alerts`, `service classifier`. */
  of: string;
  ref: SecretRef;
  /** The allowed protocols if it must be a URL. @default undefined: any text */
  protocols?: readonly string[];
}

/**
 * Reports all secrets that are missing or not a URL where the channel requires one, before the first alert or check uses them.
 * The values are never printed.
 * @throws {UserError}
 */
export async function expectSecrets(
  document: Pick<MonitoringDocument, 'channels' | 'targets'>,
  secrets: Secrets,
): Promise<void> {
  const problems: string[] = [];
  for (const { of, ref, protocols } of [...ofChannels(document), ...ofTargets(document)]) {
    const reading = protocols ? readSecretUrl(secrets, ref, { protocols }) : secrets.get(ref);
    await reading.catch((error: unknown) => problems.push(`  ${of}: ${(error as Error).message}`));
  }
  if (problems.length > 0)
    throw new UserError(
      `Missing or invalid secrets:\n${problems.join('\n')}\nTo print messages in the terminal instead of sending them, add --print.`,
    );
}

const ofChannels = ({ channels }: Pick<MonitoringDocument, 'channels'>): Expected[] =>
  Object.entries(channels).flatMap(([name, settings]) =>
    secretRefsIn(settings).map(({ ref, at: [key] }) => {
      const form = kindOf(settings).secrets[key ?? ''];
      const of = `channel ${name}`;
      return form === undefined || form === 'key' ? { of, ref } : { of, ref, protocols: form.url };
    }),
  );

const ofTargets = ({ targets }: Pick<MonitoringDocument, 'targets'>): Expected[] =>
  targets.flatMap((target) => {
    const refs = new Map(secretRefsIn(observedWith(target)).map(({ ref }) => [ref.secret, ref]));
    return [...refs.values()].map((ref) => ({ of: `${target.kind} ${target.name}`, ref }));
  });
