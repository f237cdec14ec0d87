import { describe, expect, it } from 'vitest';
import { tocsin } from '../support/command-line.ts';

describe('tocsin config', () => {
  it('lists every helper by its section', async () => {
    const { exitCode, out } = await tocsin('config');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^Checks\n {2}health, batchRuns, diskSpace$/m);
    expect(out).toMatch(/^Rules\n {2}.*\bserviceDown\b.*\brule\b/m);
  });

  it('shows the options of a helper: type, default, meaning', async () => {
    const { out } = await tocsin('config', 'health');
    expect(out).toContain("  health({ every: '1 minute', expect: { status: 'healthy', model_loaded: true } })\n");
    expect(out).toContain('  every (Duration, required)\n      The interval of the check');
    expect(out).toContain('  maxBytes (number, default: 64 KiB)\n');
  });

  it('shows a rule builder: an example, when it fires, its own options', async () => {
    const { out } = await tocsin('config', 'cpuhigh');
    expect(out).toMatch(
      /^cpuHigh\n.*\n {2}cpuHigh\(\{ abovePercent: 80 \}\)\n {2}Fires by default when: Average of cpu_usage_active above 80 % for 30 minutes\n {2}Own options: abovePercent$/m,
    );
  });

  it('suggests a name', async () => {
    const { exitCode, err } = await tocsin('config', 'helth');
    expect([exitCode, err]).toEqual([1, expect.stringContaining('did you mean health?')]);
  });
});
