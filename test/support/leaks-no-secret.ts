import { inspect } from 'node:util';
import { expect, vi } from 'vitest';

/**
 * Runs something and proves that nothing it returned, threw or printed holds one of these secrets: not in an error's
 * message, stack, causes or fields, however deep. Every channel is put through it.
 * @returns what was seen, as text, so that a test can also say what should be there
 */
export async function leaksNoSecret(secrets: readonly string[], act: () => Promise<unknown>): Promise<string> {
  const printed: string[] = [];
  const catchText = (chunk: unknown) => {
    printed.push(typeof chunk === 'string' ? chunk : inspect(chunk, { depth: null }));
    return true;
  };
  const spies = [
    ...([process.stdout, process.stderr] as const).map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation(catchText),
    ),
    ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((how) =>
      vi.spyOn(console, how).mockImplementation((...args: unknown[]) => void args.forEach(catchText)),
    ),
  ];
  let outcome: unknown;
  try {
    outcome = await act().catch((error: unknown) => error);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  const seen = [
    inspect(outcome, { depth: null, showHidden: true }),
    ...(outcome instanceof Error ? [outcome.message, outcome.stack ?? ''] : []),
    ...printed,
  ].join('\n');
  for (const secret of secrets) expect(seen).not.toContain(secret);
  return seen;
}
