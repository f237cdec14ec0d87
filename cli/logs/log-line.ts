import pc from 'picocolors';
import * as z from 'zod';
import { terminalLine } from '../../core/terminal-text.ts';
import { inZone } from '../../core/time/zone.ts';

/** A line of a function's log as CloudWatch hands it out. */
export interface LogEvent {
  /** The function, by the name of its folder. */
  functionName: string;
  /** Epoch milliseconds. */
  at: number;
  text: string;
}

/** What a log line says to a person. */
export interface LogLine {
  level: string;
  says: string;
  /** The incident that it belongs to, or what its path began with. */
  correlation?: string | undefined;
}

/** A line of ours: `adapters/trail.ts`, `adapters/sqs-consumer.ts`. */
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

/** The end of an invocation, as Lambda reports it. Worth a line when it is not the end that was meant. */
const report = z
  .object({ type: z.literal('platform.report'), record: z.object({ status: z.string().default('success') }) })
  .transform(({ record }): LogLine | undefined =>
    record.status === 'success' ? undefined : { level: 'ERROR', says: `the invocation ended with ${record.status}` },
  );

/** Telemetry, and what Lambda says of its own comings and goings: nothing for people. */
const telemetry = z.object({ _aws: z.looseObject({}) }).transform(() => undefined);
const comingsAndGoings = z.object({ type: z.string().startsWith('platform.') }).transform(() => undefined);

/** The first that fits. */
const line = z.union([telemetry, ours, uncaught, report, comingsAndGoings]);

/** Reads a line of a log; undefined when it is not for people. What is no JSON is shown as it is. */
export function readLogLine(text: string): LogLine | undefined {
  const plain: LogLine = { level: '', says: text };
  if (!text.startsWith('{')) return plain;
  try {
    const read = line.safeParse(JSON.parse(text));
    return read.success ? read.data : plain;
  } catch {
    // A line that begins like JSON and is none: somebody printed text.
    return plain;
  }
}

/** Whether a line tells of a fault: ours, or of the function as such. A target that is down is no fault. */
export const isError = ({ level }: LogLine): boolean => level === 'ERROR' || level === 'CRITICAL';

/** Log lines hold causes, one after the other: they may be longer than other lines. */
const longestLine = 4000;

/** One line for a terminal: time, function, level, what it says, and what it belongs to. */
export function sayLogLine(
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
