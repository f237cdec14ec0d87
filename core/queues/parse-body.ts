import * as z from 'zod';
import { formatPath } from '../definition/problem.ts';
import { clip } from '../delivery/clean-text.ts';

/** The content of a message, or the reason why it is invalid, on one line. */
export type Parsed<T> = { ok: true; content: T } | { ok: false; reason: string };

/** Parses the JSON of a message and validates it with a schema. Every consumer validates its messages with it. */
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

/** The problems of a message, on one line. */
export function reasonOf(error: z.ZodError): string {
  const problems = error.issues.map((issue) => `${formatPath(issue.path) || 'the message'}: ${issue.message}`);
  return `the message does not match its schema: ${problems.join('; ')}`;
}
