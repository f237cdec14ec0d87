import { CloudWatchClient, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { pipelineAlarmName } from '../../lib/names.ts';
import { eventually } from '../acceptance/world.ts';
import { at } from './account.ts';
import type { Emulator } from './emulator.ts';

/**
 * Moves an alarm on the pipeline by hand: it fires, ends, fires again, and between as a new one it is well. Ends when the
 * operators were told of the last.
 * @returns the mails that they got before, and all that they have now
 */
export async function tellOperators(
  emulator: Emulator,
  endpoint: string,
  deployment: { name: string; stage: string },
): Promise<{ before: string[]; after: string[] }> {
  const cloudwatch = new CloudWatchClient(at(endpoint));
  const AlarmName = pipelineAlarmName(deployment, 'unrouted', 'not-empty');
  const before = await emulator.operatorMails(endpoint);
  const states = ['ALARM', 'OK', 'INSUFFICIENT_DATA', 'OK', 'ALARM'] as const;
  for (const StateValue of states)
    await cloudwatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'Set by hand.' }));
  const after = await eventually(
    { patienceMs: 30_000 },
    'the operators were told of all three',
    () => emulator.operatorMails(endpoint),
    (mails) => mails.length >= before.length + 3,
  );
  return { before, after };
}
