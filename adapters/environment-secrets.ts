import { environmentName, type SecretRef, type Secrets } from '../core/definition/secret.ts';
import { PermanentError } from '../core/delivery/errors.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Secrets on the laptop: environment variables first, then the lines of a `.env` file, both as records. */
export class EnvironmentSecrets implements Secrets {
  readonly #environment: Variables;
  readonly #file: Variables;
  readonly #fileName: string;

  constructor(sources: { environment: Variables; file?: Variables; fileName?: string }) {
    this.#environment = sources.environment;
    this.#file = sources.file ?? {};
    this.#fileName = sources.fileName ?? '.env';
  }

  /** @throws {PermanentError} with the name of the variable to set. An empty value is treated as missing */
  async get(ref: SecretRef): Promise<string> {
    const name = environmentName(ref);
    const value = this.#environment[name] || this.#file[name];
    if (value) return value;
    throw new PermanentError(
      `the secret ${ref.secret} is not set; set the environment variable ${name}, or write ${name}=… into ${this.#fileName}`,
    );
  }
}
