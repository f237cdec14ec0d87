import { useOneOf } from '../../core/definition/did-you-mean.ts';
import { UserError } from '../../core/user-error.ts';
import { demoModes } from '../../laptop/demo/demo-traffic.ts';
import type { Terminal } from '../terminal.ts';

/** `tocsin demo [mode]`: makes the running demo service fail, or recover; without a mode, lists the modes. */
export async function demo(mode: string | undefined, { port }: { port: number }, terminal: Terminal): Promise<void> {
  const modes = demoModes.join(', ');
  if (mode === undefined) return terminal.print(`Modes: ${modes}\nSet a mode with: npx tocsin demo down`);
  if (!(demoModes as readonly string[]).includes(mode))
    throw new UserError(`${mode} is not a mode of the demo service; ${useOneOf(mode, demoModes)}.`);
  const url = `http://127.0.0.1:${port}/demo/fail?mode=${encodeURIComponent(mode)}`;
  const response = await fetch(url, { method: 'POST' }).catch(() => {
    throw new UserError(
      `No demo service responds on port ${port}. Start it with npx tocsin start --demo. If it uses another port, specify --port here too.`,
    );
  });
  if (!response.ok) throw new UserError(`The demo service did not accept the mode ${mode}: ${await response.text()}`);
  terminal.print(`The demo service is now: ${mode}.`);
}
