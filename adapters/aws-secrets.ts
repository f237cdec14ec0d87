import type { SecretRef, Secrets } from '../core/definition/secret.ts';
import { type SecretLocation, secretLocation, storeCommand } from '../core/definition/secret-location.ts';
import { TransientError } from '../core/delivery/errors.ts';
import type { Clock } from '../core/time/clock.ts';
import type { ReadSecret } from './read-secret.ts';

const cachedMs = 5 * 60_000;

/** A value of this age is fresh: if many targets refuse one secret at the same time, it is fetched once. */
const freshMs = 10_000;

/** Opens each store. Called for every secret that is read. */
export type SecretStores = Readonly<Record<SecretLocation['store'], () => Promise<ReadSecret>>>;

/**
 * Secrets in SSM Parameter Store (`ssm:name`, or a bare name) and Secrets Manager (`secretsmanager:name`), cached for five
 * minutes. All errors of secrets are transient: a person can fix the secret while messages wait. Errors never contain a value.
 */
export class AwsSecrets implements Secrets {
  readonly #stores: SecretStores;
  readonly #clock: Pick<Clock, 'now'>;
  /** The requested values, so that many targets with the same secret make one request. */
  readonly #cache = new Map<string, { value: Promise<string>; at: number }>();

  constructor(stores: SecretStores, clock: Pick<Clock, 'now'>) {
    this.#stores = stores;
    this.#clock = clock;
  }

  async get(ref: SecretRef, options: { fresh?: boolean } = {}): Promise<string> {
    const now = this.#clock.now();
    const cached = this.#cache.get(ref.secret);
    if (cached && now < cached.at + (options.fresh ? freshMs : cachedMs)) return cached.value;
    const value = this.#fetch(ref);
    this.#cache.set(ref.secret, { value, at: now });
    // A failed request is not cached.
    value.catch(() => {
      if (this.#cache.get(ref.secret)?.value === value) this.#cache.delete(ref.secret);
    });
    return value;
  }

  async #fetch(ref: SecretRef): Promise<string> {
    const place = secretLocation(ref);
    // Outside of `try`: a store that cannot be opened is a fault of the deployment, which no new value of a secret fixes.
    const read = await this.#stores[place.store]();
    try {
      const value = await read(place.name);
      if (value) return value;
    } catch (error) {
      const failure = error instanceof Error ? error.name : String(error);
      if (failure === 'ParameterNotFound' || failure === 'ResourceNotFoundException') {
        throw new TransientError(`the secret ${ref.secret} does not exist; create it: ${storeCommand(place)}`, {
          cause: error,
        });
      }
      throw new TransientError(`the secret ${ref.secret} cannot be read: ${failure}`, { cause: error });
    }
    throw new TransientError(`the secret ${ref.secret} has no text value; store one`);
  }
}

/**
 * The secrets of the account that this code runs in. The client of a store is loaded with the first secret that is read from
 * it: most invocations read none, and no deployment needs both.
 */
export function awsSecrets(clock: Pick<Clock, 'now'>): AwsSecrets {
  let ssm: Promise<ReadSecret> | undefined;
  let secretsManager: Promise<ReadSecret> | undefined;
  return new AwsSecrets(
    {
      ssm: () => (ssm ??= import('./ssm-parameters.ts').then(({ ssmParameters }) => ssmParameters())),
      secretsmanager: () =>
        (secretsManager ??= import('./secrets-manager-secrets.ts').then(({ secretsManagerSecrets }) =>
          secretsManagerSecrets(),
        )),
    },
    clock,
  );
}
