import { useOneOf } from '../../core/definition/did-you-mean.ts';
import { UserError } from '../../core/user-error.ts';
import { demoModes } from '../../laptop/demo/demo-traffic.ts';
import type { Terminal } from '../terminal.ts';

/** `tocsin demo [mood]`: makes the running demo service fail, or recover; without a mood, lists them. */
export async function demo(mood: string | undefined, { port }: { port: number }, terminal: Terminal): Promise<void> {
  const moods = demoModes.join(', ');
  if (mood === undefined) return terminal.print(`Moods: ${moods}\nSet one with: npx tocsin demo down`);
  if (!(demoModes as readonly string[]).includes(mood))
    throw new UserError(`The demo service does not know the mood ${mood}; ${useOneOf(mood, demoModes)}.`);
  const url = `http://127.0.0.1:${port}/demo/fail?mode=${encodeURIComponent(mood)}`;
  const response = await fetch(url, { method: 'POST' }).catch(() => {
    throw new UserError(
      `No demo service answers on port ${port}. Start it with npm start; with another port, say --port here as well.`,
    );
  });
  if (!response.ok) throw new UserError(`The demo service does not know the mood ${mood}: ${await response.text()}`);
  terminal.print(`The demo service is now: ${mood}.`);
}
