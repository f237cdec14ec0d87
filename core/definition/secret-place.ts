import type { SecretRef } from './secret.ts';

/** Where a secret lies on AWS, and under which name. */
export interface SecretPlace {
  store: 'ssm' | 'secretsmanager';
  name: string;
}

/** `secretsmanager:x` lies in Secrets Manager; `ssm:x` and a bare `x` are SSM parameters. */
export function secretPlace({ secret }: SecretRef): SecretPlace {
  if (secret.startsWith('secretsmanager:'))
    return { store: 'secretsmanager', name: secret.slice('secretsmanager:'.length) };
  const name = secret.replace(/^ssm:/, '');
  // SSM takes a name with a slash in it only with a slash in front.
  return { store: 'ssm', name: name.includes('/') && !name.startsWith('/') ? `/${name}` : name };
}

/** The command that stores the secret's value. */
export const storeCommand = ({ store, name }: SecretPlace): string =>
  store === 'ssm'
    ? `aws ssm put-parameter --type SecureString --name ${name} --value …`
    : `aws secretsmanager create-secret --name ${name} --secret-string …`;
