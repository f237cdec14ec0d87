import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { FetchHttpPoster } from '../../../adapters/fetch-http-poster.ts';
import { parseDefinition } from '../../../catalog/parse-definition.ts';
import { narratedSimulation } from '../../../cli/narrated-simulation.ts';
import { formatLine } from '../../../cli/narrator.ts';
import { writeYaml } from '../../../cli/write-yaml.ts';
import type { ChannelKind } from '../../../core/channels/channel-kind.ts';
import { channelKinds } from '../../../core/channels/channels.ts';
import { kindOf } from '../../../core/channels/kind-of.ts';
import type { Definition } from '../../../core/definition/definition.ts';
import type { Secrets } from '../../../core/definition/secret.ts';
import type { Carriers, HttpPoster } from '../../../core/delivery/send.ts';
import { allSecretsOf } from '../../../core/deployment/references.ts';
import { notificationKinds } from '../../../events/notification.ts';
import * as face from '../../../index.ts';
import { health, serviceDown } from '../../../index.ts';
import { StandInReceiver } from '../../../laptop/demo/stand-in-receiver.ts';
import { OutboxMail } from '../../../laptop/outbox-mail.ts';
import { printingCarriers, readableMail } from '../../../laptop/printed-messages.ts';
import { parseScenario } from '../../../laptop/simulation/scenario.ts';
import { billOf } from '../../../tools/cost/bill.ts';
import { alertmanagerConfig } from '../../../tools/export/alertmanager.ts';
import { build, ofType, synthesized } from '../../lib/synthesized.ts';
import { aNotification } from '../../support/a-notification.ts';
import { handClock } from '../../support/hand-clock.ts';
import { leaksNoSecret } from '../../support/leaks-no-secret.ts';

// What every kind of channel must do, from its settings to its bill. A new kind is put through it by standing in the list.

const root = fileURLToPath(new URL('../../..', import.meta.url));
const at = Date.parse('2026-11-21T02:13:06Z');
const folder = mkdtempSync(join(tmpdir(), 'tocsin-every-kind-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A deployment whose only channel is the example of this kind. */
const definitionOf = ({ example }: ChannelKind): Definition => ({
  name: 'shop',
  operators: ['ops@example.com'],
  channels: { team: example as Definition['channels'][string] },
  routes: { critical: ['team'], high: ['team'], medium: ['team'], info: ['team'] },
  services: {
    classifier: {
      url: 'https://classifier.example.com',
      checks: [health({ every: '1 minute' })],
      rules: [serviceDown({ for: '1 minute' })],
    },
  },
});

const secretText = 'sEcReTtOkEn123';
const secretUrl = `https://provider.example/hooks/T0AAAA/${secretText}`;

/** Secrets of the form that this kind asks for: a URL, or a text. */
const secretsOf = ({ secrets }: ChannelKind, url: string): Secrets => ({
  get: async () => (Object.values(secrets).some((form) => form !== 'key') ? url : secretText),
});

const noMail = { send: () => Promise.reject(new Error('no mail goes this way')) };

/** Sends the notification with these carriers. */
async function send(kind: ChannelKind, carriers: Carriers, notification = aNotification()) {
  const sender = await kind.sender();
  const settings = parseDefinition(definitionOf(kind), { world: 'laptop' }).channels['team'];
  return sender({ ...carriers, clock: handClock('2026-11-21T02:13:06Z') })(notification, settings);
}

describe.each(channelKinds.map(({ name }) => ({ name, kind: kindOf({ channel: name }) })))(
  '$name',
  ({ name, kind }) => {
    it('is accepted by the config as its example shows it, and not with an option that it does not have', () => {
      expect(parseDefinition(definitionOf(kind), { world: 'aws' }).channels['team']).toMatchObject({ channel: name });
      const other = { ...kind, example: { ...(kind.example as object), loudness: 11 } };
      expect(() => parseDefinition(definitionOf(other), { world: 'aws' })).toThrow(/loudness/);
    });

    it('is written in a config by the helper that has its name', () => {
      const helper = (face as unknown as Record<string, (options: object) => unknown>)[name];
      const { channel: _, ...options } = kind.example as { channel: string };
      expect(helper?.(options)).toEqual(kind.example);
    });

    it('declares the settings that are secrets, and no others', () => {
      const { shape } = kind.settings as unknown as { shape: Record<string, unknown> };
      for (const setting of Object.keys(kind.secrets)) expect(Object.keys(shape)).toContain(setting);
      for (const [setting, value] of Object.entries(kind.example as object))
        if (typeof value === 'object' && value !== null && 'secret' in value)
          expect(Object.keys(kind.secrets)).toContain(setting);
    });

    it.each(notificationKinds)(
      'delivers a notification of kind %s to its stand-in on the laptop',
      async (kindOfNews) => {
        const later = at + 42 * 60_000;
        const notification = aNotification({ kind: kindOfNews, at: later, resolvedAt: later });
        const outbox = new OutboxMail(join(folder, `${name}-${kindOfNews}`), () => at);
        const standIn = kind.provider.posts ? await StandInReceiver.start(kind) : undefined;
        // Whatever address the kind posts to, the post goes to the stand-in.
        const http: HttpPoster = {
          post: (_, body, limits) => new FetchHttpPoster().post(standIn?.url ?? 'http://127.0.0.1:9', body, limits),
        };
        try {
          const secrets = secretsOf(kind, standIn?.url ?? 'http://127.0.0.1:9');
          const { proof } = await send(kind, { secrets, http, mail: outbox, smtp: () => outbox }, notification);
          expect(proof).toBeTruthy();
          if (standIn) expect(standIn.received).toHaveLength(1);
          else expect(readdirSync(join(folder, `${name}-${kindOfNews}`))).toHaveLength(1);
        } finally {
          await standIn?.stop();
        }
      },
    );

    it('shows with --print what it would deliver, as its readers see it', async () => {
      const shown: string[] = [];
      const outbox = {
        send: async (mail: Parameters<typeof readableMail>[0]) => `${shown.push(await readableMail(mail))}`,
      };
      await send(
        kind,
        printingCarriers(kind, outbox, (heading, text) => shown.push(`${heading}\n${text}`)),
      );
      expect(shown).toHaveLength(1);
      expect(shown[0]).toContain('classifier - Service down');
      expect(shown[0]).toContain('has not answered its health check');
      expect(shown[0]).not.toMatch(/^\s*[{}]$/m);
    });

    it('is tried again in a simulation in which its provider is down, then busy, and delivers in the end', async () => {
      for (const called of kind.provider.inScenarios) {
        const text = [
          'starts: 2026-11-24 02:00',
          'lasts: 40 minutes',
          '',
          'classifier is down from 02:05 to 02:20',
          `${called} is down from 02:00 to 02:08`,
          `${called} answers 429 from 02:08 to 02:10`,
        ].join('\n');
        const scenario = parseScenario('kind.scenario', text, 'UTC');
        const document = parseDefinition(definitionOf(kind), { world: 'laptop' });
        const lines = (await narratedSimulation('kind.scenario', scenario, document)).lines.map((line) =>
          formatLine(line, 'UTC'),
        );
        const about = (what: string) => lines.filter((line) => line.slice(10).startsWith(what)).join('\n');
        expect(about('delay')).toContain(`${kind.provider.name} does not answer`);
        expect(about('sent')).toContain(`${name} to team: opened`);
        expect(about('sent')).toContain(`${name} to team: resolved`);
        expect(lines.join('\n')).not.toContain('parked');
      }
    });

    const faults: [string, HttpPoster['post']][] = [
      [
        'the network fails',
        async (url, body) => Promise.reject(new Error(`no way to ${url} for ${JSON.stringify(body)}`)),
      ],
      ...[200, 302, 400, 403, 429, 500].map((status): [string, HttpPoster['post']] => [
        `the answer is ${status}`,
        async (url, body) => ({ status, body: `${new URL(url).pathname} ${url} says no to ${JSON.stringify(body)}` }),
      ]),
    ];
    it.runIf(kind.provider.posts).each(faults)('keeps its secret to itself when %s', async (_, post) => {
      const carriers = { secrets: secretsOf(kind, secretUrl), http: { post }, mail: noMail, smtp: () => noMail };
      const seen = await leaksNoSecret([secretText, '/hooks/T0AAAA'], () => send(kind, carriers));
      expect(seen).toMatch(/TransientError|PermanentError/);
    });

    it('is a receiver in the export for Alertmanager, which reads its secrets from files', () => {
      const document = parseDefinition(definitionOf(kind), { world: 'aws' });
      const means = { smarthost: 'relay:25', secrets: '/run/secrets' };
      const { receivers } = parseYaml(writeYaml(alertmanagerConfig(document, means)));
      const receiver = receivers.find((one: { name: string }) => one.name === 'team');
      expect(Object.keys(receiver)).toEqual(['name', expect.stringMatching(/^[a-z]+_configs$/)]);
      const files = JSON.stringify(receiver).match(/"\/run\/secrets\/[a-z0-9_]+"/g) ?? [];
      expect(files).toHaveLength(allSecretsOf(document).length);
    });

    it('is on the bill with its function, its queue and what its provider takes', async () => {
      const document = parseDefinition(definitionOf(kind), { world: 'aws' });
      const { items } = billOf(document);
      const named = items.map((item) => `${item.kind} ${item.name}`);
      expect(named).toEqual(expect.arrayContaining([`function ${name}-notifier`, `queue ${name}`]));
      const item = items.find((one) => one.name === kind.billed?.item);
      if (kind.billed) expect(item?.usd).toBeGreaterThan(0);
      else expect(item).toBeUndefined();
    });

    it('has a function that carries this kind and no other', async () => {
      const { metafile } = await bundle({
        entryPoints: [`functions/${name}-notifier/handler.ts`],
        absWorkingDir: root,
        bundle: true,
        format: 'esm',
        platform: 'node',
        packages: 'external',
        write: false,
        metafile: true,
      });
      const carried = Object.values(metafile.outputs)
        .flatMap(({ inputs }) => Object.keys(inputs))
        .flatMap((file) => /^core\/channels\/(\w+)\//.exec(file)?.[1] ?? []);
      expect([...new Set(carried)]).toEqual([name]);
    });

    it('has a function with a queue in the stacks, which may read its secrets and no others', async () => {
      const definition = definitionOf(kind);
      const { resources } = await synthesized(definition);
      const functions = ofType(resources, 'AWS::Lambda::Function').map(
        ([, { Properties }]) => Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME,
      );
      expect(functions).toContain(`${name}-notifier`);
      const subscribed = ofType(resources, 'AWS::SNS::Subscription').map(
        ([, { Properties }]) => Properties.FilterPolicy,
      );
      expect(subscribed).toContainEqual({ channelKind: [name] });
      const queues = ofType(resources, 'AWS::SQS::Queue').map(([id]) => id);
      expect(queues.filter((id) => id.startsWith(name))).not.toEqual([]);
      const { document } = await build(definition);
      const grants = JSON.stringify(
        ofType(resources, 'AWS::IAM::Role')
          .filter(([id]) => id.startsWith(name))
          .map(([, { Properties }]) => Properties.Policies),
      );
      for (const secret of allSecretsOf(document)) expect(grants).toContain(secret.name.replace(/^\//, ''));
      expect(/ssm:GetParameter|GetSecretValue/.test(grants)).toBe(allSecretsOf(document).length > 0);
    });
  },
);
