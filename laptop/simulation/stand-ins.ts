import type { ChannelKind } from '../../core/channels/channel-kind.ts';
import { checkedUrl } from '../../core/checks/health-url.ts';
import type { HttpResponse, Instruments } from '../../core/checks/observe.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { TransientError } from '../../core/delivery/errors.ts';
import type { Carriers } from '../../core/delivery/send.ts';
import type { Clock } from '../../core/time/clock.ts';
import type { Outside, ServiceMood } from './outside.ts';

/** How long a healthy service takes in a simulation, in milliseconds. */
const usualMs = 120;

/** What checks look with, where the world outside is a scenario. */
export function simulatedInstruments(
  document: MonitoringDocument,
  outside: Outside,
  clock: Clock,
): Omit<Instruments, 'ledger' | 'runs'> {
  const nameOf = new Map(
    document.targets.flatMap((target) =>
      target.checks.map((settings) => [checkedUrl(target, settings), target.name] as const),
    ),
  );
  const volumes = new Map(
    document.targets.flatMap((target) => (target.kind === 'volume' ? [[placeOf(target.source), target] as const] : [])),
  );
  const room = (source: VolumeSource) => outside.room(volumes.get(placeOf(source))?.name ?? '', clock.now());
  return {
    http: {
      async get(url, { timeoutMs }) {
        const volume = volumes.get(placeOf({ source: 'json-endpoint', url }));
        if (volume?.source.source === 'json-endpoint') {
          const { freeBytes, totalBytes } = outside.room(volume.name, clock.now());
          return answer(200, { [volume.source.freeBytes]: freeBytes, [volume.source.totalBytes]: totalBytes }, usualMs);
        }
        return serviceAnswer(outside.service(nameOf.get(url) ?? '', clock.now()), clock.now(), timeoutMs);
      },
    },
    secrets: { get: async () => 'simulated:simulated' },
    localDisks: { room: async (path) => room({ source: 'local-disk', path }) },
    agentDisks: { room: async ({ instanceId, path }) => room({ source: 'cloudwatch-agent', instanceId, path }) },
  };
}

type VolumeSource =
  | { source: 'json-endpoint'; url: string }
  | { source: 'local-disk'; path: string }
  | { source: 'cloudwatch-agent'; instanceId: string; path: string };

/** What distinguishes one volume from another. */
const placeOf = (source: VolumeSource): string =>
  JSON.stringify(
    source.source === 'json-endpoint'
      ? [source.url]
      : source.source === 'local-disk'
        ? [source.path, 'here']
        : [source.path, source.instanceId],
  );

function serviceAnswer(mood: ServiceMood | undefined, now: number, timeoutMs: number): HttpResponse {
  if (mood === 'down')
    return { answered: false, error: { class: 'refused', message: 'connection refused' }, timings: { totalMs: 1 } };
  const takesMs =
    mood === 'hanging' ? timeoutMs + 1 : typeof mood === 'object' ? mood.answersInSeconds * 1000 : usualMs;
  if (takesMs > timeoutMs)
    return {
      answered: false,
      error: { class: 'read-timeout', message: `no answer within ${timeoutMs / 1000} s` },
      timings: { totalMs: timeoutMs },
    };
  if (mood === 'answering errors') return answer(500, { error: 'internal server error' }, takesMs);
  return answer(
    200,
    {
      status: 'healthy',
      model_loaded: mood !== 'without its model',
      classes: 10,
      timestamp: new Date(now).toISOString(),
    },
    takesMs,
  );
}

const answer = (status: number, body: unknown, totalMs: number): HttpResponse => ({
  answered: true,
  status,
  body: JSON.stringify(body),
  timings: { dnsMs: 1, connectMs: 1, firstByteMs: totalMs - 2, totalMs },
});

/**
 * What the notifier of a kind of channel delivers with, where its provider behaves as the scenario says. Secrets are never
 * looked up.
 */
export function simulatedCarriers({ name, provider }: ChannelKind, outside: Outside, clock: Clock): Carriers {
  let mails = 0;
  const moodNow = () => {
    const mood = outside.provider(name, clock.now());
    if (mood === 'down') throw new TransientError(`${provider.name} does not answer`);
    return mood;
  };
  const mail = {
    async send() {
      const mood = moodNow();
      if (mood) throw new TransientError(`${provider.name} answered ${mood.status}`);
      mails += 1;
      return `mail-${mails}`;
    },
  };
  return {
    mail,
    smtp: () => mail,
    // On loopback, so that it may stand for a webhook as well as for an SMTP relay.
    secrets: { get: async () => 'http://127.0.0.1/simulated' },
    http: {
      async post(_, body) {
        const { posts } = provider;
        if (!posts) throw new Error(`${provider.name} takes no posts`);
        const mood = moodNow();
        if (!mood) return posts.take(body);
        const { status } = mood;
        return { status, body: posts.refusal(status), ...(status === 429 ? { retryAfter: '30' } : {}) };
      },
    },
  };
}
