import { setTimeout as sleep } from 'node:timers/promises';

/** A step of the tour: a text, and optionally a new mode of the service. */
interface Step {
  /** Since the start. */
  afterSeconds: number;
  say: string;
  mode?: 'down' | 'ok';
}

const steps: readonly Step[] = [
  {
    afterSeconds: 1,
    say: 'The demo service is healthy and is checked every 5 seconds. In 9 seconds it will fail.',
  },
  {
    afterSeconds: 10,
    say: 'The service is down now. The rule needs two datapoints of 10 s, so the alarm fires in 20 to 30 seconds.',
    mode: 'down',
  },
  {
    afterSeconds: 45,
    say: 'The service works again. The next good datapoint resolves the incident in 10 to 20 seconds.',
    mode: 'ok',
  },
];

/** Shows one incident from the first failed check to its end, in real time, in about a minute. */
export async function tour(ports: {
  say: (text: string) => void;
  setMode: (mode: 'down' | 'ok') => void;
  stop: AbortSignal;
}): Promise<void> {
  const begin = Date.now();
  for (const { afterSeconds, say, mode } of steps) {
    await sleep(Math.max(0, begin + afterSeconds * 1000 - Date.now()), undefined, { signal: ports.stop }).catch(
      () => undefined,
    );
    if (ports.stop.aborted) return;
    if (mode) ports.setMode(mode);
    ports.say(say);
  }
}
