import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { logs } from '../../cli/commands/logs.ts';
import { formatLogLine, isError, readLogLine } from '../../cli/logs/log-line.ts';
import { type AwsAnswer, type AwsRequest, AwsStandIn } from '../support/aws-stand-in.ts';
import { tocsin } from '../support/command-line.ts';
import { handClock } from '../support/hand-clock.ts';

const now = Date.parse('2026-11-21T02:20:00Z');
const minute = 60_000;
const line = (content: object) => JSON.stringify(content);

const opened = line({
  level: 'INFO',
  message: 'classifier - Service down; notified ml-team',
  what: 'opened',
  correlation_id: 'inc-1',
});
const retried = line({
  level: 'WARN',
  message: 'the message will be retried later',
  reason: 'Slack responded with 503',
  correlation_id: 'inc-1',
});
const parked = line({
  level: 'ERROR',
  message: 'the message was moved to the dead-letter queue',
  reason: 'the webhook is gone',
  correlation_id: 'inc-1',
});
const thrown = line({
  level: 'ERROR',
  message: 'handling a message failed',
  error: { name: 'TypeError', message: 'no\nway', stack: '…' },
});
const swept = line({
  level: 'ERROR',
  message: 'the invocation failed',
  error: {
    name: 'AggregateError',
    message: 'the sweep failed for 3 groups',
    causes: ['AccessDenied: not authorized', 'Error: SNS does not answer (2 times)'],
  },
});
const uncaught = line({
  timestamp: 'now',
  level: 'ERROR',
  requestId: 'r',
  message: { errorType: 'AggregateError', errorMessage: 'the sweep failed for 2 groups', stackTrace: [] },
});
const timedOut = line({ type: 'platform.report', record: { requestId: 'r', status: 'timeout' } });

describe('a line of a log', () => {
  it.each([
    ['an event of the alert path', opened, 'INFO', 'classifier - Service down; notified ml-team', 'inc-1', false],
    [
      'a retry, with its reason',
      retried,
      'WARN',
      'the message will be retried later: Slack responded with 503',
      'inc-1',
      false,
    ],
    [
      'a parked message',
      parked,
      'ERROR',
      'the message was moved to the dead-letter queue: the webhook is gone',
      'inc-1',
      true,
    ],
    ['a failure', thrown, 'ERROR', 'handling a message failed: TypeError: no\nway', undefined, true],
    [
      'a failure with causes',
      swept,
      'ERROR',
      'the invocation failed: AggregateError: the sweep failed for 3 groups (AccessDenied: not authorized; Error: SNS does not answer (2 times))',
      undefined,
      true,
    ],
    [
      'an error that nothing caught',
      uncaught,
      'ERROR',
      'AggregateError: the sweep failed for 2 groups',
      undefined,
      true,
    ],
    ['a time-out', timedOut, 'ERROR', 'the invocation ended with timeout', undefined, true],
    ['text', 'a package said hello', '', 'a package said hello', undefined, false],
    ['text that begins like JSON', '{oops', '', '{oops', undefined, false],
    ['JSON of somebody else', '{"a":1}', '', '{"a":1}', undefined, false],
  ])('%s is read', (_, text, level, says, correlation, fault) => {
    const read = readLogLine(text)!;
    expect(read).toEqual({ level, says, ...(correlation && { correlation }) });
    expect(isError(read)).toBe(fault);
  });

  it.each([
    ['the begin of an invocation', line({ type: 'platform.start', record: { requestId: 'r' } })],
    ['a good end', line({ type: 'platform.report', record: { status: 'success' } })],
    ['telemetry', line({ _aws: { Timestamp: 1 }, MessagesDone: 1, level: 'INFO', message: 'x' })],
  ])('%s is not for people', (_, text) => {
    expect(readLogLine(text)).toBeUndefined();
  });

  it('is one line in local time, whatever it holds', () => {
    const event = { functionName: 'sweep', at: now, text: '' };
    expect(formatLogLine(event, { level: 'INFO', says: 'a\nb\u001b[2J', correlation: 'inc-1' }, 'Europe/Berlin')).toBe(
      '2026-11-21 03:20:00  sweep           INFO   a b\\u001b[2J  (inc-1)',
    );
  });
});

describe('tocsin logs', () => {
  const aws = new AwsStandIn();
  const stack = ['--stack', 'shop-prod-pipeline'];
  /** What each log group holds, newest last. */
  let groups: Record<string, { eventId: string; timestamp: number; message: string }[]>;
  const event = (eventId: string, ago: number, message: string) => ({ eventId, timestamp: now - ago, message });

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now });
    vi.stubEnv('AWS_ENDPOINT_URL', aws.config.endpoint);
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    groups = {
      'router-logs': [event('1', 10 * minute, opened), event('4', minute, uncaught)],
      '/aws/lambda/slack-fn': [event('2', 9 * minute, retried), event('3', 5 * minute, parked)],
    };
    aws.answer = answer;
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  });

  const resources = {
    alertrouterLogs7A68DFB6: ['AWS::Logs::LogGroup', 'router-logs'],
    alertrouterFunction1: ['AWS::Lambda::Function', 'router-fn'],
    slacknotifierFunction2: ['AWS::Lambda::Function', 'slack-fn'],
    topicsnotifications3: ['AWS::SNS::Topic', 'arn'],
  };

  /** CloudFormation and CloudWatch Logs, which hands out one event a page and knows no filters. */
  function answer({ action, input }: AwsRequest): AwsAnswer {
    if (action === 'ListStackResources') {
      if (input['StackName'] === 'nothing')
        return { error: 'ValidationError', message: 'Stack nothing does not exist' };
      const members = Object.entries(input['StackName'] === 'shop-prod-state' ? {} : resources).map(
        ([id, [type, physical]]) =>
          `<member><LogicalResourceId>${id}</LogicalResourceId><ResourceType>${type}</ResourceType><PhysicalResourceId>${physical}</PhysicalResourceId></member>`,
      );
      return { xml: `<StackResourceSummaries>${members.join('')}</StackResourceSummaries>` };
    }
    const group = groups[String(input['logGroupName'])];
    if (!group) return { error: 'ResourceNotFoundException', message: 'The specified log group does not exist.' };
    const events = group.filter(({ timestamp }) => timestamp >= Number(input['startTime']));
    const at = Number(input['nextToken'] ?? 0);
    return { json: { events: events.slice(at, at + 1), ...(at + 1 < events.length && { nextToken: `${at + 1}` }) } };
  }

  it('tail prints what all functions logged, in the order of time, page after page', async () => {
    const { out, exitCode } = await tocsin('logs', 'tail', ...stack);
    expect(out.trimEnd().split('\n')).toEqual([
      '2026-11-21 02:10:00  alert-router    INFO   classifier - Service down; notified ml-team  (inc-1)',
      '2026-11-21 02:11:00  slack-notifier  WARN   the message will be retried later: Slack responded with 503  (inc-1)',
      '2026-11-21 02:15:00  slack-notifier  ERROR  the message was moved to the dead-letter queue: the webhook is gone  (inc-1)',
      '2026-11-21 02:19:00  alert-router    ERROR  AggregateError: the sweep failed for 2 groups',
    ]);
    expect(exitCode).toBe(0);
  });

  it('errors prints errors alone, also where the log is not filtered for it', async () => {
    const { out } = await tocsin('logs', 'errors', ...stack);
    expect(out.match(/ERROR/g)).toHaveLength(2);
    expect(out.trimEnd().split('\n')).toHaveLength(2);
  });

  it.each([
    ['one function', ['--function', 'slack-notifier'], ['WARN', 'ERROR']],
    ['the last minutes', ['--since', '6m'], ['ERROR', 'ERROR']],
  ])('reads %s when it is asked for', async (_, options, levels) => {
    const { out } = await tocsin('logs', 'tail', ...stack, ...options);
    expect(out.match(/INFO|WARN|ERROR/g)).toEqual(levels);
  });

  it.each([
    ['no errors', ['errors', '--since', '30s'], '✓ No errors in the last 30 s.\n'],
    ['no lines', ['tail', '--since', '30s'], 'No log lines in the last 30 s. Read further back with --since 1d.\n'],
  ])('says so when there are %s', async (_, args, says) => {
    expect((await tocsin('logs', ...args, ...stack)).out).toBe(says);
  });

  it('asks for the stack of the config when none is named', async () => {
    await tocsin('logs', 'errors', '--stage', 'prod');
    expect(aws.requests[0]).toMatchObject({ input: { StackName: 'tocsin-prod-pipeline' } });
  });

  it.each([
    [
      'a stack that is not there',
      ['tail', '--stack', 'nothing'],
      /^Cannot read the stack nothing: Stack nothing does not exist\. Check --stack, --profile and --region\.\n$/,
    ],
    [
      'a stack that is no pipeline',
      ['tail', '--stack', 'shop-prod-state'],
      /^The stack shop-prod-state has no functions of a pipeline\. The name of a pipeline stack is <name>-<stage>-pipeline\.\n$/,
    ],
    [
      'a function that is not there',
      ['tail', ...stack, '--function', 'moon'],
      /^The stack shop-prod-pipeline has no function called moon; use one of: alert-router, slack-notifier\.\n$/,
    ],
    ['a time that is none', ['tail', ...stack, '--since', 'yesterday'], /Specify a number and a unit/],
  ])('says in one line what is wrong with %s', async (_, args, says) => {
    const { err, exitCode } = await tocsin('logs', ...args);
    expect(err).toMatch(says);
    expect(exitCode).toBe(1);
  });

  it('goes on reading when it follows, and prints each line once', async () => {
    const printed: string[] = [];
    const stop = new AbortController();
    const clock = handClock('2026-11-21T02:20:00Z');
    const sleep = async (ms: number) => {
      clock.advance(ms);
      const late = { eventId: `new-${clock.now()}`, timestamp: clock.now() - 1500, message: opened };
      groups['router-logs']!.push(late);
      if (clock.now() >= now + 6000) stop.abort();
    };
    const terminal = { print: (text: string) => printed.push(text), warn: () => {} };
    const options = { stack: 'shop-prod-pipeline', config: 'none.ts', since: 20, follow: true };
    await logs('tail', options, terminal, { clock: { ...clock, sleep }, stop: stop.signal });
    expect(printed.map((text) => text.slice(11, 19))).toEqual(['02:20:00', '02:20:02', '02:20:04']);
  });
});
