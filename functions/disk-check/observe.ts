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

/** Reads the free space of a volume from the source in its config. */
export const observer =
  (sources: Sources): Observe =>
  async (target, settings, scheduledAt) => {
    if (target.kind !== 'volume') throw new Error(`the disk check does not support the ${target.kind} ${target.name}`);
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

/** An error of the source is a failed check of the volume: a path that does not exist, an agent that reports no values. */
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
  // A query may have a key, and messages are stored and sent.
  const url = fields.url.replace(/\?.*/, '');
  if (answer.status < 200 || answer.status > 299) {
    return failed('status', `${url} responded with status ${answer.status}, expected 200 to 299`);
  }
  if (answer.bodyFault) return failed(answer.bodyFault.class, `${url}: ${answer.bodyFault.message}`);
  const body = parseJson(answer.body);
  if (typeof body !== 'object' || body === null)
    return failed('body-not-json', `the response of ${url} is not a JSON object`);
  const [freeBytes, totalBytes] = [jsonField(body, fields.freeBytes), jsonField(body, fields.totalBytes)];
  if (typeof freeBytes !== 'number' || typeof totalBytes !== 'number') {
    const received = `${formatJson(freeBytes)} and ${formatJson(totalBytes)}`;
    return failed('body-wrong', `${fields.freeBytes} and ${fields.totalBytes} are ${received}, expected two numbers`);
  }
  return evaluate({ freeBytes, totalBytes });
}
