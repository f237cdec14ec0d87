import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ReadSecret } from './read-secret.ts';

/** Reads secrets of Secrets Manager. */
export const secretsManagerSecrets =
  (client: SecretsManagerClient = new SecretsManagerClient()): ReadSecret =>
  async (name) =>
    (await client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
