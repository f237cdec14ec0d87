import type { ChannelKind } from '../../core/channels/channel-kind.ts';
import { checkedUrl } from '../../core/checks/health-url.ts';
import type { HttpResponse, Instruments } from '../../core/checks/observe.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { TransientError } from '../../core/delivery/errors.ts';
import type { Carriers } from '../../core/delivery/send.ts';
import type { Clock } from '../../core/time/clock.ts';
import type { Outside, ServiceMode } from './outside.ts';

/** The response time of a healthy service in a simulation, in milliseconds. */
const usualMs = 120;

/** The instruments of checks in a simulation. */
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
    document.targets.flatMap((target) =>
      target.kind === 'volume' ? [[sourceKeyOf(target.source), target] as const] : [],
    ),
  );
  const room = (source: VolumeSource) => outside.room(volumes.get(sourceKeyOf(source))?.name ?? '', clock.now());
  return {
    http: {
      async get(url, { timeoutMs }) {
        const volume = volumes.get(sourceKeyOf({ source: 'json-endpoint', url }));
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

/** Identifies a volume by its source. */
const sourceKeyOf = (source: VolumeSource): string =>
  JSON.stringify(
    source.source === 'json-endpoint'
      ? [source.url]
      : source.source === 'local-disk'
        ? [source.path, 'here']
        : [source.path, source.instanceId],
  );

function serviceAnswer(mode: ServiceMode | undefined, now: number, timeoutMs: number): HttpResponse {
  if (mode === 'down')
    return { answered: false, error: { class: 'refused', message: 'connection refused' }, timings: { totalMs: 1 } };
  const takesMs =
    mode === 'hanging' ? timeoutMs + 1 : typeof mode === 'object' ? mode.answersInSeconds * 1000 : usualMs;
  if (takesMs > timeoutMs)
    return {
      answered: false,
      error: { class: 'read-timeout', message: `no answer within ${timeoutMs / 1000} s` },
      timings: { totalMs: timeoutMs },
    };
  if (mode === 'answering errors') return answer(500, { error: 'internal server error' }, takesMs);
  return answer(
    200,
    {
      status: 'healthy',
      model_loaded: mode !== 'without its model',
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
 * The carriers of the notifier of a channel type in a simulation. Its provider behaves as the scenario specifies. Secrets are not
 * read.
 */
export function simulatedCarriers({ name, provider }: ChannelKind, outside: Outside, clock: Clock): Carriers {
  let mails = 0;
  const currentMode = () => {
    const mode = outside.provider(name, clock.now());
    if (mode === 'down') throw new TransientError(`${provider.name} does not answer`);
    return mode;
  };
  const mail = {
    async send() {
      const mode = currentMode();
      if (mode) throw new TransientError(`${provider.name} answered ${mode.status}`);
      mails += 1;
      return `mail-${mails}`;
    },
  };
  return {
    mail,
    smtp: () => mail,
    // A loopback URL, which is valid as a webhook and as an SMTP server.
    secrets: { get: async () => 'http://127.0.0.1/simulated' },
    http: {
      async post(_, body) {
        const { posts } = provider;
        if (!posts) throw new Error(`${provider.name} takes no posts`);
        const mode = currentMode();
        if (!mode) return posts.take(body);
        const { status } = mode;
        return { status, body: posts.refusal(status), ...(status === 429 ? { retryAfter: '30' } : {}) };
      },
    },
  };
}
