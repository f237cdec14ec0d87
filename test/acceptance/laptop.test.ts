import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { loadConfig } from '../../cli/load-config.ts';
import { slackChannel } from '../../core/channels/slack/slack.ts';
import { DemoService } from '../../laptop/demo/demo-service.ts';
import { StandInReceiver } from '../../laptop/demo/stand-in-receiver.ts';
import { FastClock } from '../support/fast-clock.ts';
import { alertTimeline } from './alert-timeline.ts';
import { LaptopWorld } from './laptop-world.ts';

// The timeline that the deployed stacks play on the emulators, on a laptop: a minute is three seconds here.

const config = fileURLToPath(new URL('../emulators/acceptance.config.ts', import.meta.url));

let stand: { service: DemoService; bystander: DemoService; slackReceiver: StandInReceiver };
let world: LaptopWorld;
let state: string;

beforeAll(async () => {
  const [service, bystander, slackReceiver] = await Promise.all([
    DemoService.start(),
    DemoService.start(),
    StandInReceiver.start(slackChannel),
  ]);
  stand = { service, bystander, slackReceiver };
  Object.assign(process.env, { TOCSIN_SERVICE_URL: service.url, TOCSIN_BYSTANDER_URL: bystander.url });
  state = mkdtempSync(join(tmpdir(), 'tocsin-laptop-'));
  const document = parseDefinition(await loadConfig(config), { world: 'laptop' });
  world = await LaptopWorld.start({ document, clock: new FastClock(20, 45), state, service, slackReceiver });
});
afterAll(async () => {
  await world?.close();
  await Promise.all([stand.service.stop(), stand.bystander.stop(), stand.slackReceiver.stop()]);
  rmSync(state, { recursive: true, force: true });
  delete process.env['TOCSIN_SERVICE_URL'];
  delete process.env['TOCSIN_BYSTANDER_URL'];
});

describe('the pipeline on a laptop', () => {
  it.each(alertTimeline)('$says', async ({ play }) => {
    await play(world);
  });
});
