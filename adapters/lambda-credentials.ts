/** Credentials of an AWS client. */
interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/**
 * The credentials that Lambda sets as environment variables before it starts a function. In the bundles, this file replaces
 * `@aws-sdk/credential-provider-node`, which can also read profiles, SSO sessions and instance metadata: a third of a
 * small bundle that no Lambda needs. `lib/bundle-function.ts` replaces it, therefore the export has the same name.
 * @throws if the variables are not set
 */
export const defaultProvider = () => async (): Promise<Credentials> => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey)
    throw new Error('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set; Lambda sets them for a function');
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
};
