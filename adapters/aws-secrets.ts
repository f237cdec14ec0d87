import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { SecretRef, Secrets } from '../core/definition/secret.ts';
import { secretLocation, storeCommand } from '../core/definition/secret-location.ts';
import { TransientError } from '../core/delivery/errors.ts';
import type { Clock } from '../core/time/clock.ts';

const cachedMs = 5 * 60_000;

/** A value of this age is fresh: if many targets refuse one secret at the same time, it is fetched once. */
const freshMs = 10_000;

/**
 * Secrets in SSM Parameter Store (`ssm:name`, or a bare name) and Secrets Manager (`secretsmanager:name`), cached for five
 * minutes. All errors of secrets are transient: a person can fix the secret while messages wait. Errors never contain a value.
 */
export class AwsSecrets implements Secrets {
  readonly #ssm: SSMClient;
  readonly #secretsManager: SecretsManagerClient;
  readonly #clock: Pick<Clock, 'now'>;
  /** The requested values, so that many targets with the same secret make one request. */
  readonly #cache = new Map<string, { value: Promise<string>; at: number }>();

  constructor(clients: { ssm: SSMClient; secretsManager: SecretsManagerClient }, clock: Pick<Clock, 'now'>) {
    this.#ssm = clients.ssm;
    this.#secretsManager = clients.secretsManager;
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
    try {
      const value = await (place.store === 'ssm' ? this.#fromSsm(place.name) : this.#fromSecretsManager(place.name));
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

  async #fromSsm(name: string): Promise<string | undefined> {
    const { Parameter } = await this.#ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return Parameter?.Value;
  }

  async #fromSecretsManager(name: string): Promise<string | undefined> {
    return (await this.#secretsManager.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
  }
}

/** The secrets of the account that this code runs in. */
export const awsSecrets = (clock: Pick<Clock, 'now'>): AwsSecrets =>
  new AwsSecrets({ ssm: new SSMClient(), secretsManager: new SecretsManagerClient() }, clock);
