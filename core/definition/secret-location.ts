import type { SecretRef } from './secret.ts';

/** The location of a secret on AWS. */
export interface SecretLocation {
  store: 'ssm' | 'secretsmanager';
  name: string;
}

/** `secretsmanager:x` is in Secrets Manager; `ssm:x` and a bare `x` are SSM parameters. */
export function secretLocation({ secret }: SecretRef): SecretLocation {
  if (secret.startsWith('secretsmanager:'))
    return { store: 'secretsmanager', name: secret.slice('secretsmanager:'.length) };
  const name = secret.replace(/^ssm:/, '');
  // SSM requires a leading slash in a name that contains a slash.
  return { store: 'ssm', name: name.includes('/') && !name.startsWith('/') ? `/${name}` : name };
}

/** The command that stores the secret's value. */
export const storeCommand = ({ store, name }: SecretLocation): string =>
  store === 'ssm'
    ? `aws ssm put-parameter --type SecureString --name ${name} --value …`
    : `aws secretsmanager create-secret --name ${name} --secret-string …`;
