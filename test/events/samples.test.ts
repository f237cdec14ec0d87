import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { alarmTransition } from '../../events/alarm-transition.ts';
import { batchRunEvent } from '../../events/batch-run.ts';
import { batchRunRecorded } from '../../events/batch-run-recorded.ts';
import { checkResult } from '../../events/check-result.ts';
import { checkTick } from '../../events/check-tick.ts';
import { notification } from '../../events/notification.ts';
import { receipt } from '../../events/receipt.ts';
import { sweepTick } from '../../events/sweep-tick.ts';

const schemas: Record<string, z.ZodType> = {
  'alarm-transition': alarmTransition,
  'batch-run-recorded': batchRunRecorded,
  'batch-run': batchRunEvent,
  'check-result': checkResult,
  'check-tick': checkTick,
  notification,
  receipt,
  'sweep-tick': sweepTick,
};
const folder = new URL('../../events/', import.meta.url);
const samples = readdirSync(folder).filter((file) => file.endsWith('.sample.json'));
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

describe('the messages that cross a wire', () => {
  it('each have a sample', () => {
    expect(samples.map((file) => file.replace('.sample.json', '')).sort()).toEqual(Object.keys(schemas).sort());
  });

  it.each(samples)('%s is what its schema says', (file) => {
    expect(() => schemas[file.replace('.sample.json', '')]!.parse(read(file))).not.toThrow();
  });

  it.each(['batch-run-recorded', 'check-result', 'check-tick', 'notification', 'receipt', 'sweep-tick'])(
    '%s survives a journey: decoded and encoded again it says the same',
    (name) => {
      const schema = schemas[name]!;
      const journey = z.encode(schema, schema.parse(read(`${name}.sample.json`)));
      expect(schema.parse(journey)).toEqual(schema.parse(read(`${name}.sample.json`)));
    },
  );

  it.each([
    ['a state that there is not', { NewStateValue: 'BROKEN' }],
    ['a time that is none', { StateChangeTime: 'yesterday' }],
    ['no name', { AlarmName: '' }],
  ])('an alarm transition with %s is refused', (_, change) => {
    const sample = read('alarm-transition.sample.json') as object;
    expect(alarmTransition.safeParse({ ...sample, ...change }).success).toBe(false);
  });

  it.each([
    ['[0.0 (21/11/26 02:12:00), 1.0 (21/11/26 02:11:00)]', 0],
    ['[12.75 (21/11/26 02:12:00)]', 12.75],
    ['[-3.0 (21/11/26 02:12:00)]', -3],
    ['[1.5E-4 (21/11/26 02:12:00)]', 0.00015],
    ['nothing', undefined],
  ])('the newest value is read from the reason: %s', (datapoints, value) => {
    const sample = read('alarm-transition.sample.json') as object;
    const reason = `Threshold Crossed: 1 out of the last 1 datapoints ${datapoints} was less than the threshold (1.0).`;
    expect(alarmTransition.parse({ ...sample, NewStateReason: reason }).value).toBe(value);
  });
});
