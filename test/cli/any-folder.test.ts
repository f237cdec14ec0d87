import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { tocsin, tocsinProcess } from '../support/command-line.ts';
import { ownLaptop } from '../support/own-laptop.ts';

const { path, write, state, aPast, url, fallSick } = ownLaptop();

const config = ({ stage = 'dev', auth = '' } = {}) => `
  import { batchMissing, bearer, defineMonitoring, email, health, secret, serviceDown } from 'tocsin';
  export default defineMonitoring({
    name: 'shop', stages: { ${stage}: {} }, timeZone: 'Europe/Paris', operators: ['ops@example.com'],
    channels: { team: email({ from: 't@example.com', to: ['m@example.com'] }) },
    routes: { critical: ['team'], high: ['team'], medium: ['team'], info: ['team'] },
    services: { classifier: { url: '${url()}', checks: [health({ every: '1 minute', ${auth} })], rules: [serviceDown()] } },
    batchJobs: { nightly: { rules: [batchMissing({ afterHours: 26 })] } },
  });`;

describe('tocsin check with a config', () => {
  it('needs no state, and creates none', async () => {
    const file = write('own.config.ts', config());
    const args = ['check', 'health', '--config', file, '--state', state()];
    const { exitCode, out } = await tocsin(...args);
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/✓ {2}health {2}classifier/)]);
    fallSick();
    expect((await tocsin(...args)).exitCode).toBe(1);
    expect(existsSync(state())).toBe(false);
  });

  it('reads monitoring.config.ts of the current folder if nothing has run here', async () => {
    write('monitoring.config.ts', config());
    const { exitCode, out } = await tocsinProcess(['check', 'health'], { cwd: path() });
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/✓ {2}health {2}classifier/)]);
  });

  it('says that the batch check needs the execution history', async () => {
    const file = write('own.config.ts', config());
    const { exitCode, err } = await tocsin('check', 'batch', '--config', file, '--state', state());
    expect([exitCode, err]).toEqual([
      1,
      expect.stringMatching(/^This check reads the execution history, and .*--stack/),
    ]);
    await aPast();
    const ofAnother = await tocsin('check', 'batch', '--config', file, '--state', state());
    expect([ofAnother.exitCode, ofAnother.err]).toEqual([1, expect.stringContaining('has not run here yet')]);
  });

  it('needs no state even if the deployment has run here and its store is gone', async () => {
    const { stage } = await aPast();
    rmSync(path(`state/shop-${stage}`), { recursive: true });
    const file = write('own.config.ts', config({ stage }));
    const health = await tocsin('check', 'health', '--config', file, '--state', state());
    expect([health.exitCode, health.err]).toEqual([0, '']);
    const batch = await tocsin('check', 'batch', '--config', file, '--state', state());
    expect([batch.exitCode, batch.err]).toEqual([1, expect.stringMatching(/^The state in .* is missing/)]);
  });

  it('reads the execution history of the deployment if it has run here', async () => {
    const { stage } = await aPast();
    const file = write('own.config.ts', config({ stage }));
    const { exitCode, out, err } = await tocsin('check', 'batch', '--config', file, '--state', state());
    expect([exitCode, out, err]).toEqual([0, expect.stringMatching(/✓ {2}batch {2}nightly/), '']);
  });
});

describe('the .env file', () => {
  it('is read from the folder of the config first, then from the current folder', async () => {
    const requested: (string | undefined)[] = [];
    const service = createServer((request, response) => {
      requested.push(request.headers.authorization);
      response.end('{}');
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    try {
      mkdirSync(path('monitoring'));
      mkdirSync(path('current'));
      const address = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
      const file = write(
        'monitoring/config.ts',
        config({ auth: `auth: bearer(secret('api-key'))` }).replace(url(), address),
      );
      const check = () => tocsinProcess(['check', 'health', '--config', file], { cwd: path('current') });
      const missing = await check();
      expect(missing.out).toContain('write API_KEY=… into ../monitoring/.env');
      write('current/.env', 'API_KEY=current\n');
      await check();
      write('monitoring/.env', 'API_KEY=beside\n');
      await check();
      write('monitoring/.env', 'API_KEY=\n');
      await check();
      expect(requested).toEqual(['Bearer current', 'Bearer beside', 'Bearer current']);
    } finally {
      service.closeAllConnections();
      await new Promise((resolve) => service.close(resolve));
    }
  });
});

describe('tocsin simulate without --config', () => {
  it('uses monitoring.config.ts of the current folder', async () => {
    write('monitoring.config.ts', config());
    const { exitCode, out } = await tocsinProcess(['simulate', 'outage'], { cwd: path() });
    expect([exitCode, out]).toEqual([0, expect.stringContaining('shop/dev/service/classifier/service-down')]);
    expect(out).toContain('Europe/Paris');
  });

  it('uses the bundled example where there is none', async () => {
    const { exitCode, out } = await tocsinProcess(['simulate', 'outage'], { cwd: path() });
    expect([exitCode, out]).toEqual([0, expect.stringContaining('tocsin/dev/service/classifier/service-down')]);
  });

  it('says how to write a scenario for a config with other names', async () => {
    write('monitoring.config.ts', config().replace('classifier:', 'embeddings:'));
    const { exitCode, err } = await tocsinProcess(['simulate', 'outage'], { cwd: path() });
    expect(exitCode).toBe(1);
    expect(err).toContain('the config has no service called classifier; use one of: embeddings');
    expect(err).toMatch(/The bundled scenarios use the names of the example config\. .*outage\.scenario/);
  });
});
