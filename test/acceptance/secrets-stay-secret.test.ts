import { setMaxListeners } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnvironmentSecrets } from '../../adapters/environment-secrets.ts';
import { FetchHttpPoster } from '../../adapters/fetch-http-poster.ts';
import { NodeHttpProbe } from '../../adapters/got-http-probe.ts';
import { SmtpMail } from '../../adapters/smtp-mail.ts';
import { StatfsLocalDisks } from '../../adapters/statfs-local-disks.ts';
import { formatLine, Narrator } from '../../cli/narrator.ts';
import { basic, bearer, diskSpaceLow, email, health, jsonEndpoint, secret, serviceDown, slack } from '../../index.ts';
import { driveInRealTime } from '../../laptop/drive-in-real-time.ts';
import { pipeline } from '../../laptop/pipeline.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { laptopTables, openStore, storesOver } from '../../laptop/store.ts';
import { aDocument } from '../support/a-document.ts';
import { FastClock } from '../support/fast-clock.ts';
import { SmtpSink } from '../support/smtp-sink.ts';

// Everything outside repeats what it was sent, as careless servers do, and all of it fails. What a run of the pipeline
// leaves behind is then searched for each secret in each form.

const login = 'tocsin:l0gin/p@ss&word';
const token = 'b3arer-tok3n+/value';
const relayPassword = 'sm/tp p@ss';
const hookPath = '/services/T0AAAA/B0BBBB/h00k-s3cret';

/** Repeats the head of a request in headers, body and a redirect that is not followed. */
const echo: RequestListener = (request, response) => {
  const said = `${request.method} ${request.url} ${JSON.stringify(request.headers)}`;
  const decodedLogin = Buffer.from(String(request.headers.authorization).replace('Basic ', ''), 'base64').toString();
  response.writeHead(request.url === '/redirect' ? 302 : request.url?.startsWith('/services') ? 500 : 200, {
    'content-type': 'application/json',
    'x-said': encodeURIComponent(said),
    location: `http://${encodeURIComponent(decodedLogin)}@elsewhere.invalid/`,
  });
  response.end(
    request.url?.startsWith('/services')
      ? `error at ${said}`
      : JSON.stringify({ status: `no entry for ${decodedLogin}`, said, freeBytes: said, [decodedLogin]: decodedLogin }),
  );
};

const server = createServer(echo);
const folder = mkdtempSync(join(tmpdir(), 'tocsin-secrets-'));
let artefacts: Map<string, string>;

beforeAll(async () => {
  const relay = await SmtpSink.start();
  relay.mood = { AUTH: (line) => `535 5.7.8 cannot take "${line}"; no tocsin:${relayPassword}` };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const secrets = new EnvironmentSecrets({
    environment: {
      LOGIN: login,
      TOKEN: token,
      HOOK: `${url}${hookPath}`,
      RELAY: `smtp://tocsin:${encodeURIComponent(relayPassword)}@127.0.0.1:${relay.port}`,
    },
  });
  const service = (auth: ReturnType<typeof basic>, path: string) => ({
    url,
    checks: [health({ every: '10 seconds', path, auth, expect: { status: 'healthy' } })],
    rules: [serviceDown({ for: '10 seconds', period: '10 seconds' })],
  });
  const document = aDocument({
    channels: {
      chat: slack({ webhook: secret('hook') }),
      mail: email({ from: 'tocsin@example.com', to: ['team@example.com'], smtp: secret('relay') }),
    },
    routes: { critical: ['chat', 'mail'], medium: ['chat'] },
    services: {
      basic: service(basic(secret('login')), 'health'),
      bearer: service(bearer(secret('token')), 'health'),
      redirected: service(basic(secret('login')), 'redirect'),
    },
    batchJobs: {},
    volumes: {
      disk: { source: jsonEndpoint({ url: `${url}/disk`, auth: basic(secret('login')) }), rules: [diskSpaceLow()] },
    },
  });
  artefacts = await playUntilDelivered(document, secrets, relay);
  await relay.stop();
}, 60_000);
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the pipeline until both channels were tried in vain; returns all that it said and left, by where it was found. */
async function playUntilDelivered(
  document: ReturnType<typeof aDocument>,
  secrets: EnvironmentSecrets,
  relay: SmtpSink,
) {
  const state = new StateFolder(folder);
  const store = await openStore(state, document);
  state.write({ document, pid: process.pid, endpoint: store.endpoint });
  const clock = new FastClock(30, 45);
  const output: string[] = [];
  const narrator = new Narrator(
    () => clock.now(),
    (line) => output.push(formatLine(line, 'UTC')),
  );
  const setBack = new Set<string>();
  const world = {
    document,
    clock,
    ...storesOver(store.client, document, clock),
    instruments: {
      http: new NodeHttpProbe({ clock }),
      secrets,
      localDisks: new StatfsLocalDisks(),
      agentDisks: { room: async () => Promise.reject(new Error('there is no agent here')) },
    },
    carriersOf: () => ({
      secrets,
      http: new FetchHttpPoster(),
      mail: { send: async () => 'no mail goes this way' },
      smtp: (to: string) => new SmtpMail(to),
    }),
    owner: 'laptop',
    ownsStore: true,
  };
  const stop = new AbortController();
  const seen = new Proxy(narrator, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        output.push(`${String(name)} ${inspect(args, { depth: null })}`);
        if (name === 'setback') setBack.add(String(args[0]));
        if (setBack.size === 2) stop.abort();
        return value.apply(target, args);
      };
    },
  });
  const tasks = await pipeline(world, seen);
  setMaxListeners(tasks.length + 10, stop.signal);
  await driveInRealTime(tasks, clock, stop.signal, (work, error) =>
    output.push(`${work.name} ${inspect(error, { depth: null })}`),
  );
  const left = new Map([['output', output.join('\n')]]);
  for (const table of Object.values(laptopTables)) {
    const { Items } = await store.client.send(new ScanCommand({ TableName: table }));
    left.set(`table ${table}`, inspect(Items, { depth: null, maxStringLength: null, breakLength: Infinity }));
  }
  await store.close();
  for (const file of filesBelow(folder)) left.set(file, readFileSync(file, 'latin1'));
  left.set('mails', inspect(relay.mails));
  return left;
}

const filesBelow = (path: string): string[] =>
  readdirSync(path).flatMap((name) => {
    const file = join(path, name);
    return statSync(file).isDirectory() ? filesBelow(file) : [file];
  });

const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');
const password = login.slice(login.indexOf(':') + 1);

describe('what a run leaves behind', () => {
  it('is there: output, tables and files, with the failures in it', () => {
    const all = [...artefacts.values()].join('\n');
    const expected = [
      '[secret]',
      'Slack responded with 500',
      '535 5.7.8 cannot take',
      'no entry for',
      'with credentials',
    ];
    expect(expected.filter((said) => !all.includes(said))).toEqual([]);
    expect(artefacts.size).toBeGreaterThan(6);
  });

  it.each([
    ['a login', login],
    ['its password', password],
    ['its password, URL-encoded', encodeURIComponent(password)],
    ['a login in Base64', base64(login)],
    ['its password in Base64', base64(password)],
    ['a token', token],
    ['a token, URL-encoded', encodeURIComponent(token)],
    ['a token in Base64', base64(token)],
    ['a webhook', hookPath],
    ['the last part of a webhook', 'h00k-s3cret'],
    ['the password of a relay', relayPassword],
    ['the password of a relay, URL-encoded', encodeURIComponent(relayPassword)],
    ['the password of a relay in Base64', base64(relayPassword)],
    ['what AUTH PLAIN sends', base64(`\0tocsin\0${relayPassword}`)],
  ])('does not hold %s', (_, form) => {
    const holders = [...artefacts].filter(([, text]) => text.includes(form)).map(([where]) => where);
    expect(holders).toEqual([]);
  });
});
