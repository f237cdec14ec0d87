import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient, VerifyEmailIdentityCommand } from '@aws-sdk/client-ses';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { environmentName } from '../../core/definition/secret.ts';
import type { SecretLocation } from '../../core/definition/secret-location.ts';
import { allSecretsOf, mailAddresses } from '../../core/deployment/references.ts';
import type { Say } from './emulator.ts';
import { account, region } from './loopback-only.ts';

/** Clients for an emulator, whatever the environment says. */
export const at = (endpoint: string) => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test', accountId: account },
});

/**
 * Does in an emulator what the stack's outputs ask a person to do on AWS: verifies the senders, and stores the secrets
 * that are known. Who misses a secret is told how to store it.
 */
export async function prepareAccount(
  endpoint: string,
  document: Pick<MonitoringDocument, 'channels' | 'targets'>,
  secrets: Readonly<Record<string, string | undefined>>,
  say: Say,
): Promise<void> {
  const ses = new SESClient(at(endpoint));
  for (const EmailAddress of mailAddresses(document.channels).from) {
    await ses.send(new VerifyEmailIdentityCommand({ EmailAddress }));
    say(`Verified the sender ${EmailAddress}.`);
  }
  for (const place of allSecretsOf(document)) {
    const variable = environmentName({ secret: place.name });
    const value = secrets[variable];
    if (value) {
      await store(endpoint, place, value);
      say(`Stored the secret ${place.name} from ${variable}.`);
    } else {
      say(
        `The secret ${place.name} is missing, so that its channel or check waits: write ${variable}=… into .env and deploy again.`,
      );
    }
  }
}

async function store(endpoint: string, { store, name }: SecretLocation, value: string): Promise<void> {
  if (store === 'ssm') {
    await new SSMClient(at(endpoint)).send(
      new PutParameterCommand({ Name: name, Value: value, Type: 'SecureString', Overwrite: true }),
    );
    return;
  }
  const client = new SecretsManagerClient(at(endpoint));
  await client.send(new CreateSecretCommand({ Name: name, SecretString: value })).catch(async (error: Error) => {
    if (error.name !== 'ResourceExistsException') throw error;
    await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: value }));
  });
}
