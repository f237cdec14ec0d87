import pc from 'picocolors';
import * as z from 'zod';
import { terminalLine } from '../../core/terminal-text.ts';
import { inZone } from '../../core/time/zone.ts';

/** A line of a function's log, as CloudWatch returns it. */
export interface LogEvent {
  /** The function, by the name of its folder. */
  functionName: string;
  /** Epoch milliseconds. */
  at: number;
  text: string;
}

/** The part of a log line that is printed. */
export interface LogLine {
  level: string;
  says: string;
  /** The correlation id: the incident, or the first message of the path. */
  correlation?: string | undefined;
}

/** A line that Tocsin wrote: `adapters/trail.ts`, `adapters/sqs-consumer.ts`. */
const ours = z
  .object({
    level: z.string(),
    message: z.string(),
    correlation_id: z.string().optional(),
    reason: z.string().optional(),
    error: z.object({ name: z.string(), message: z.string(), causes: z.array(z.string()).optional() }).optional(),
  })
  .transform(({ level, message, reason, error, correlation_id }): LogLine => {
    const causes = error?.causes ? ` (${error.causes.join('; ')})` : '';
    const why = reason ?? (error && `${error.name}: ${error.message}${causes}`);
    return { level, says: why ? `${message}: ${why}` : message, correlation: correlation_id };
  });

/** An error that nothing caught, as Lambda writes it. */
const uncaught = z
  .object({ level: z.string(), message: z.object({ errorType: z.string(), errorMessage: z.string() }) })
  .transform(({ level, message }): LogLine => ({ level, says: `${message.errorType}: ${message.errorMessage}` }));

/** The end of an invocation, as Lambda reports it. Printed only if the invocation did not succeed. */
const report = z
  .object({ type: z.literal('platform.report'), record: z.object({ status: z.string().default('success') }) })
  .transform(({ record }): LogLine | undefined =>
    record.status === 'success' ? undefined : { level: 'ERROR', says: `the invocation ended with ${record.status}` },
  );

/** Telemetry and platform events of Lambda are not printed. */
const telemetry = z.object({ _aws: z.looseObject({}) }).transform(() => undefined);
const platformEvent = z.object({ type: z.string().startsWith('platform.') }).transform(() => undefined);

/** The first schema that matches. */
const line = z.union([telemetry, ours, uncaught, report, platformEvent]);

/** Reads a log line; undefined if it is not printed. A line that is not JSON is printed unchanged. */
export function readLogLine(text: string): LogLine | undefined {
  const plain: LogLine = { level: '', says: text };
  if (!text.startsWith('{')) return plain;
  try {
    const read = line.safeParse(JSON.parse(text));
    return read.success ? read.data : plain;
  } catch {
    // The line begins like JSON but is plain text.
    return plain;
  }
}

/** Whether a line reports an error of Tocsin or of the function itself. A target that is down is not an error. */
export const isError = ({ level }: LogLine): boolean => level === 'ERROR' || level === 'CRITICAL';

/** Log lines contain lists of causes, so they may be longer than other lines, in characters. */
const longestLine = 4000;

/** Formats a line for a terminal: time, function, level, text and correlation id. */
export function formatLogLine(
  { functionName, at }: LogEvent,
  { level, says, correlation }: LogLine,
  zone: string,
): string {
  const text = [
    inZone(at, zone),
    functionName.padEnd(14),
    level.padEnd(5),
    terminalLine(says, longestLine),
    ...(correlation ? [pc.dim(`(${terminalLine(correlation)})`)] : []),
  ].join('  ');
  if (level === 'WARN') return pc.yellow(text);
  return isError({ level, says }) ? pc.red(text) : text;
}
