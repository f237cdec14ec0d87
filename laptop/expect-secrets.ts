import { kindOf } from '../core/channels/kind-of.ts';
import type { MonitoringDocument } from '../core/definition/document.ts';
import type { SecretRef, Secrets } from '../core/definition/secret.ts';
import { readSecretUrl } from '../core/delivery/secret-url.ts';
import { observedWith, secretRefsIn } from '../core/deployment/references.ts';
import { UserError } from '../core/user-error.ts';

/** A secret that the document refers to. */
interface Expected {
  /** Whose it is: `channel ml-alerts`, `service classifier`. */
  of: string;
  ref: SecretRef;
  /** The protocols of the URL that it must hold. @default undefined: any text */
  protocols?: readonly string[];
}

/**
 * A secret that is not there, or that is no URL where its channel needs one, is reported before the first alert or check
 * needs it, and all of them at once. No value is repeated.
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
      `Secrets are missing or cannot be used:\n${problems.join('\n')}\nOr add --print to see messages in the terminal instead of sending them.`,
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
