import { describe, expect, it } from 'vitest';
import { ownFolder, tocsin } from '../support/command-line.ts';

const { write } = ownFolder();
const config = (of = '') =>
  write(
    'monitoring.config.ts',
    `import { defineMonitoring, email, health, serviceDown } from 'tocsin';
     export default defineMonitoring({
       name: 'shop', operators: ['ops@example.com'],
       channels: { team: email({ from: 't@example.com', to: ['m@example.com'] }) },
       routes: { critical: ['team'] },
       services: { classifier: { url: 'https://m.example.com', checks: [health({ every: '1 minute' })], rules: [serviceDown()] } },
       ${of}
     });`,
  );
const cost = (of?: string, ...args: string[]) => tocsin('cost', '--config', config(of), ...args);

describe('tocsin cost', () => {
  it('shows each item under its kind, the sum, and what one more would cost', async () => {
    const { exitCode, out } = await cost();
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^shop\/dev: cost of a month \(730 hours\) in USD; prices of us-east-1 on \d{4}-\d\d-\d\d/);
    expect(out).toMatch(/ alarms .*\d\.\d\d/);
    expect(out).toMatch(/classifier\/service-down +1 × alarm-month +0\.10/);
    expect(out).toMatch(/ total +at list prices +\d+\.\d\d/);
    expect(out).toContain('Most expensive target: service classifier, ');
    expect(out).toContain('Each additional rule costs 0.10 USD on an existing metric, or 0.40 USD on a new metric.');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(200);
  });

  it('--json has everything: prices with their sources, uses, both sums, what was assumed', async () => {
    const { out } = await cost('cost: { prices: { alarm: 0.2 } },', '--json');
    expect(JSON.parse(out)).toMatchObject({
      deployment: { name: 'shop', stage: 'dev' },
      pricesAsOf: { region: 'us-east-1' },
      prices: { alarm: { usd: 0.2, source: expect.any(String) }, metric: { usd: 0.3 } },
      assumed: { incidentsPerMonth: 30 },
      items: expect.arrayContaining([
        expect.objectContaining({ kind: 'alarm', name: 'classifier/service-down', usd: 0.2 }),
      ]),
      rules: [{ name: 'classifier/service-down', usd: expect.closeTo(0.2) }],
    });
  });

  it('exits with 1 over the budget, and says what most of it is', async () => {
    const { exitCode, out, err } = await cost('cost: { budgetPerMonth: 2 },');
    expect([exitCode, err]).toEqual([
      1,
      expect.stringMatching(/✗ shop\/dev costs \d+\.\d\d USD a month, and cost\.budgetPerMonth is 2\.00 USD/),
    ]);
    expect(out).toMatch(/Budget: 2\.00 USD; the total is \d+ % of it\./);
  });

  it('says what is wrong with what the config says of money', async () => {
    const { exitCode, err } = await cost('cost: { budgetPerMonth: -1, prices: { gold: 1 } },');
    expect([exitCode, err]).toEqual([1, expect.stringContaining('cost.budgetPerMonth: -1')]);
    expect(err).toContain('cost.prices');
  });
});
