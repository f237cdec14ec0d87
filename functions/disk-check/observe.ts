import type { DiskSource } from '../../core/checks/disk.ts';
import type { HttpAnswer, Instruments, Observation, Observe, Room } from '../../core/checks/observe.ts';
import { evaluate, failed } from './evaluate.ts';

type Sources = Pick<Instruments, 'http' | 'localDisks' | 'agentDisks'>;
type JsonEndpoint = Extract<DiskSource, { source: 'json-endpoint' }>;

/** Reads how much room a volume has left, from where its config says. */
export const observer =
  (sources: Sources): Observe =>
  async (target, _settings, scheduledAt) => {
    if (target.kind !== 'volume') throw new Error(`the disk check was given the ${target.kind} ${target.name}`);
    const { source } = target;
    switch (source.source) {
      case 'local-disk':
        return reading(source, () => sources.localDisks.room(source.path));
      case 'cloudwatch-agent':
        return reading(source, () => sources.agentDisks.room(source, scheduledAt));
      case 'json-endpoint':
        return fromJson(await sources.http.get(source.url, { timeoutMs: 5000, maxBytes: 65_536 }), source);
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

function fromJson(answer: HttpAnswer, fields: JsonEndpoint): Observation {
  if (!answer.answered) return failed(answer.error.class, answer.error.message);
  if (answer.status < 200 || answer.status > 299) {
    return failed('status', `${fields.url} answered status ${answer.status}, expected 200 to 299`);
  }
  const body = parseObject(answer.body);
  if (!body) return failed('body-not-json', `${fields.url} answered no JSON object`);
  const [freeBytes, totalBytes] = [body[fields.freeBytes], body[fields.totalBytes]];
  if (typeof freeBytes !== 'number' || typeof totalBytes !== 'number') {
    const received = `${JSON.stringify(freeBytes) ?? 'absent'} and ${JSON.stringify(totalBytes) ?? 'absent'}`;
    return failed('body-wrong', `${fields.freeBytes} and ${fields.totalBytes} are ${received}, expected two numbers`);
  }
  return evaluate({ freeBytes, totalBytes });
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
