import { existsSync } from 'node:fs';
import { chmod, copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stableHash } from '../../core/stable-hash.ts';
import { fetchLibraries } from './dynamodb-local/fetch.ts';
import { needJava, needMaven } from './dynamodb-local/need.ts';
import { type Emulator, logOf, type Say } from './emulator.ts';
import { mailsAt, operatorMailsAt } from './localstack-inbox.ts';
import { emulatorEnvironment } from './loopback-only.ts';
import { installNode24, pathWithNode24 } from './node24.ts';
import { allOf, findPython, onPath, runTool } from './tools.ts';

const version = '4.14.0';
const inbox = '/_aws/ses';
const own = fileURLToPath(new URL('localstack', import.meta.url));
/** Of DynamoDB Local: what Maven fetches, and the main class that keeps it on loopback. */
const dynamodb = fileURLToPath(new URL('dynamodb-local', import.meta.url));

/**
 * LocalStack in host mode: without Docker, with our plugin that runs Lambdas as processes of this machine. It evaluates
 * alarms by their dimensions and windows; it does not enforce IAM.
 */
export const localstack: Emulator = {
  name: 'localstack',
  version,
  defaultPort: 4566,
  health: '/_localstack/health',
  inbox,
  tellsTargetsApart: true,
  quotesValues: false,
  skips: [],
  lacks: [
    'IAM: calls are not checked against roles (MiniStack checks them).',
    'Percentiles, and alarms evaluated every period: it evaluates an alarm once per window.',
    'AWS/* metrics (errors of functions, age of messages, queues that are not empty): not published.',
    'EventBridge Scheduler: schedules are deployed but never fire, so EventBridge rules replace them.',
    'Saved queries of Logs Insights, archives of an event bus, and log groups of a template: functions use other log groups.',
  ],
  // Its Lambdas write to these, whatever group the template gave them.
  leaves: /^log group \/aws\/lambda\//,

  async install(home, say) {
    if (await isInstalled(home)) return installNode24(say);
    const [python] = await allOf([findPython(13), needJava(), needMaven()]);
    await installNode24(say);
    const pip = join(home, 'venv/bin/pip');
    if (!existsSync(pip)) await runTool(python, ['-m', 'venv', join(home, 'venv')]);
    say(`Installing LocalStack ${version} (PyPI, 400 MB, a minute) ...`);
    const constraints = join(own, 'constraints.txt');
    await runTool(pip, ['install', '--quiet', '-c', constraints, `localstack-core[runtime]==${version}`]);
    await cp(join(own, 'plugin'), join(home, 'plugin'), { recursive: true });
    await runTool(pip, ['install', '--quiet', '--force-reinstall', '--no-deps', join(home, 'plugin')]);
    say('Installing DynamoDB Local 2.6.1 (Maven Central, 50 MB) ...');
    await installDynamodb(home, say);
    await writeFile(join(home, 'installed'), await recipe());
  },

  launch(home, port) {
    const at = `127.0.0.1:${port}`;
    return {
      program: 'venv/bin/python',
      args: ['-m', 'localstack.runtime.main'],
      env: {
        ...emulatorEnvironment(`http://${at}`),
        PATH: pathWithNode24(),
        OVERRIDE_IN_DOCKER: '0',
        FILESYSTEM_ROOT: join(home, 'files'),
        TMPDIR: join(home, 'tmp'),
        XDG_CACHE_HOME: join(home, 'cache'),
        CONFIG_DIR: join(home, 'config'),
        GATEWAY_LISTEN: at,
        GATEWAY_SERVER: 'loopback',
        LOCALSTACK_HOST: `localhost:${port}`,
        LAMBDA_RUNTIME_EXECUTOR: 'process',
        // Queue URLs that resolve: the default ones are names under localhost.localstack.cloud.
        SQS_ENDPOINT_STRATEGY: 'path',
        TOCSIN_JAVA: onPath('java'),
        DYNAMODB_IN_MEMORY: '1',
        PERSISTENCE: '0',
        // Nothing that leaves this machine.
        DNS_ADDRESS: '0',
        DISABLE_EVENTS: '1',
        SKIP_SSL_CERT_DOWNLOAD: '1',
      },
    };
  },

  /** A green deploy proves nothing here: what it has no provider for, LocalStack skips with a line in its log. */
  async skipped() {
    const log = await readFile(logOf(localstack), 'utf8');
    return [
      ...new Set([...log.matchAll(/No resource provider found for "?([A-Za-z0-9:]+)"?/g)].map((line) => line[1]!)),
    ];
  },

  mails: (endpoint) => mailsAt(`${endpoint}${inbox}`),
  operatorMails: (endpoint) => operatorMailsAt(`${endpoint}${inbox}`),
};

/** What is installed, as one text: another recipe is another installation. */
async function recipe(): Promise<string> {
  const plugin = ['plugins.py', 'server.py', 'executor.py', 'run-function.mjs'];
  const files = [
    ...['constraints.txt', 'java.sh', ...plugin.map((file) => `plugin/host_mode/${file}`)].map((file) =>
      join(own, file),
    ),
    ...['pom.xml', 'LoopbackDynamoDB.java'].map((file) => join(dynamodb, file)),
  ];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return stableHash([version, ...texts].join('\n'));
}

const isInstalled = async (home: string): Promise<boolean> =>
  existsSync(join(home, 'installed')) && (await readFile(join(home, 'installed'), 'utf8')) === (await recipe());

/** Lays DynamoDB Local out as LocalStack's own installer would, so that it finds it and downloads nothing. */
async function installDynamodb(home: string, say: Say): Promise<void> {
  const libraries = join(home, 'files/var/lib/localstack/lib');
  const folder = join(libraries, 'dynamodb-local/2');
  const java = join(libraries, 'java/21/bin');
  await mkdir(java, { recursive: true });
  await fetchLibraries(join(folder, 'DynamoDBLocal_lib'), say);
  const source = join(dynamodb, 'LoopbackDynamoDB.java');
  await runTool('javac', ['--release', '17', '-cp', join(folder, 'DynamoDBLocal_lib/*'), '-d', folder, source]);
  // LocalStack takes this file as the sign that it is installed.
  await copyFile(join(folder, 'DynamoDBLocal_lib/DynamoDBLocal-2.6.1.jar'), join(folder, 'DynamoDBLocal.jar'));
  await copyFile(join(own, 'java.sh'), join(java, 'java'));
  await chmod(join(java, 'java'), 0o755);
}
