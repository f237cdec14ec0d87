import * as z from 'zod';
import { formatPath } from '../definition/problem.ts';
import { clip } from '../delivery/clean-text.ts';

/** A message's content, or the one line that says why it is none. */
export type Parsed<T> = { ok: true; content: T } | { ok: false; reason: string };

/** Reads a message's JSON against its schema: the door of every consumer. */
export function parseBody<S extends z.ZodType>(schema: S, body: string): Parsed<z.output<S>> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { ok: false, reason: `the message is not JSON: ${clip(body, 80) || '(empty)'}` };
  }
  const result = z.safeParse(schema, json);
  if (result.success) return { ok: true, content: result.data };
  return { ok: false, reason: reasonOf(result.error) };
}

/** What does not fit, on one line. */
export function reasonOf(error: z.ZodError): string {
  const problems = error.issues.map((issue) => `${formatPath(issue.path) || 'the message'}: ${issue.message}`);
  return `the message does not fit its schema: ${problems.join('; ')}`;
}
