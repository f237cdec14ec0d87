import type { DiskSource } from '../../core/checks/disk.ts';
import { formatJson, jsonField } from '../../core/checks/json-field.ts';
import type { HttpResponse, Instruments, Observation, Observe, Room } from '../../core/checks/observe.ts';
import { requestWithAuth } from '../../core/checks/request-with-auth.ts';
import { timeoutOf } from '../../core/checks/timeout.ts';
import { clip, oneLine } from '../../core/delivery/clean-text.ts';
import { parseJson } from '../../core/parse-json.ts';
import { evaluate, failed } from './evaluate.ts';

type Sources = Pick<Instruments, 'http' | 'secrets' | 'localDisks' | 'agentDisks'>;
type JsonEndpoint = Extract<DiskSource, { source: 'json-endpoint' }>;

/** Reads how much room a volume has left, from where its config says. */
export const observer =
  (sources: Sources): Observe =>
  async (target, settings, scheduledAt) => {
    if (target.kind !== 'volume') throw new Error(`the disk check was given the ${target.kind} ${target.name}`);
    const { source } = target;
    switch (source.source) {
      case 'local-disk':
        return reading(source, () => sources.localDisks.room(source.path));
      case 'cloudwatch-agent':
        return reading(source, () => sources.agentDisks.room(source, scheduledAt));
      case 'json-endpoint':
        return fromEndpoint(sources, source, timeoutOf(settings) * 1000);
    }
  };

/** A source that throws is a finding about the volume: a path that is gone, an agent that reports nothing. */
async function reading({ source }: DiskSource, read: () => Promise<Room>): Promise<Observation> {
  try {
    return evaluate(await read());
  } catch (error) {
    return failed(source, error instanceof Error ? error.message : String(error));
  }
}

async function fromEndpoint(sources: Sources, endpoint: JsonEndpoint, timeoutMs: number): Promise<Observation> {
  const { answer, clean } = await requestWithAuth(
    sources,
    endpoint.url,
    { timeoutMs, maxBytes: 65_536 },
    endpoint.auth,
  );
  const { outcome, error, ...seen } = fromJson(answer, endpoint);
  return { outcome, ...seen, ...(error && { error: { ...error, message: clip(oneLine(clean(error.message)), 300) } }) };
}

function fromJson(answer: HttpResponse, fields: JsonEndpoint): Observation {
  if (!answer.answered) return failed(answer.error.class, answer.error.message);
  // A query may hold a key, and messages are kept and sent.
  const asked = fields.url.replace(/\?.*/, '');
  if (answer.status < 200 || answer.status > 299) {
    return failed('status', `${asked} answered status ${answer.status}, expected 200 to 299`);
  }
  if (answer.bodyFault) return failed(answer.bodyFault.class, `${asked}: ${answer.bodyFault.message}`);
  const body = parseJson(answer.body);
  if (typeof body !== 'object' || body === null) return failed('body-not-json', `${asked} answered no JSON object`);
  const [freeBytes, totalBytes] = [jsonField(body, fields.freeBytes), jsonField(body, fields.totalBytes)];
  if (typeof freeBytes !== 'number' || typeof totalBytes !== 'number') {
    const received = `${formatJson(freeBytes)} and ${formatJson(totalBytes)}`;
    return failed('body-wrong', `${fields.freeBytes} and ${fields.totalBytes} are ${received}, expected two numbers`);
  }
  return evaluate({ freeBytes, totalBytes });
}
