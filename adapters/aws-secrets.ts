import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { SecretRef, Secrets } from '../core/config/secret.ts';
import { secretPlace, storeCommand } from '../core/config/secret-place.ts';
import { TransientError } from '../core/delivery/errors.ts';
import type { Clock } from '../core/time/clock.ts';

const cachedMs = 5 * 60_000;

/**
 * Secrets in SSM Parameter Store (`ssm:name`, or a bare name) and Secrets Manager (`secretsmanager:name`), kept for five
 * minutes. Whatever is wrong with a secret is transient: a person can mend it while messages wait. A value never stands
 * in an error.
 */
export class AwsSecrets implements Secrets {
  readonly #ssm: SSMClient;
  readonly #secretsManager: SecretsManagerClient;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #cache = new Map<string, { value: string; until: number }>();

  constructor(clients: { ssm: SSMClient; secretsManager: SecretsManagerClient }, clock: Pick<Clock, 'now'>) {
    this.#ssm = clients.ssm;
    this.#secretsManager = clients.secretsManager;
    this.#clock = clock;
  }

  async get(ref: SecretRef, options: { fresh?: boolean } = {}): Promise<string> {
    const cached = this.#cache.get(ref.secret);
    if (cached && !options.fresh && cached.until > this.#clock.now()) return cached.value;
    const value = await this.#fetch(ref);
    this.#cache.set(ref.secret, { value, until: this.#clock.now() + cachedMs });
    return value;
  }

  async #fetch(ref: SecretRef): Promise<string> {
    const place = secretPlace(ref);
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
    throw new TransientError(`the secret ${ref.secret} holds no text; give it some`);
  }

  async #fromSsm(name: string): Promise<string | undefined> {
    const { Parameter } = await this.#ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return Parameter?.Value;
  }

  async #fromSecretsManager(name: string): Promise<string | undefined> {
    return (await this.#secretsManager.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
  }
}
