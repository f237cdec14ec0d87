import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { ReadSecret } from './read-secret.ts';

/** Reads parameters of SSM Parameter Store, decrypted. */
export const ssmParameters =
  (client: SSMClient = new SSMClient()): ReadSecret =>
  async (name) => {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return Parameter?.Value;
  };
