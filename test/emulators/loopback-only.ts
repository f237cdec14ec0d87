import { isLoopback } from '../../core/definition/secret.ts';
import { UserError } from '../../core/user-error.ts';

/** What would lead the SDK or the CDK command line to a real account. */
const credentials = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_SESSION_TOKEN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/** The key of emulators. It opens nothing anywhere else. */
const emulatorKey = 'test';

/**
 * Refuses to go on while the environment speaks of a real account: what these commands create and destroy must never be
 * somebody's production.
 * @throws {UserError} in one line, with the variables to unset
 */
export function refuseRealAws(env: NodeJS.ProcessEnv): void {
  const real = [
    ...credentials.filter((name) => env[name]),
    ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].filter((name) => env[name] && env[name] !== emulatorKey),
    ...Object.keys(env).filter((name) => name.startsWith('AWS_ENDPOINT_URL') && env[name] && !isLocal(env[name])),
  ];
  if (real.length === 0) return;
  throw new UserError(
    `These commands only talk to emulators on loopback, and the environment names a real account (${real.join(', ')}). ` +
      `Run them as: env ${real.map((name) => `-u ${name}`).join(' ')} npm run …`,
  );
}

/** The environment of everything that talks to an emulator: nothing of AWS's but the emulator's address and key. */
export function emulatorEnvironment(
  endpoint: string,
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv & Record<keyof ReturnType<typeof settings>, string> {
  if (!isLocal(endpoint)) throw new UserError(`${endpoint} is not on loopback; an emulator is at 127.0.0.1.`);
  const others = Object.entries(env).filter(([name]) => !name.startsWith('AWS_') && !name.startsWith('CDK_'));
  return { ...Object.fromEntries(others), ...settings(endpoint) };
}

export const region = 'eu-west-1';
export const account = '000000000000';

const settings = (endpoint: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_ACCESS_KEY_ID: emulatorKey,
  AWS_SECRET_ACCESS_KEY: emulatorKey,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_EC2_METADATA_DISABLED: 'true',
  // A profile of the user's is not even looked at.
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  CDK_DEFAULT_ACCOUNT: account,
  CDK_DEFAULT_REGION: region,
  CDK_DISABLE_CLI_TELEMETRY: 'true',
});

const isLocal = (url: string) => URL.canParse(url) && isLoopback(url);
