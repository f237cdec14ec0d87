import { run } from './tools.ts';

/** Before all tests of the run: both tools are there, or nothing begins. */
export function setup(): void {
  for (const tool of ['promtool', 'amtool'] as const) {
    const { out, err } = run(tool, ['--version']);
    console.log((out || err).split('\n')[0]);
  }
}
