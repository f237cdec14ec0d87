import { setTimeout as sleep } from 'node:timers/promises';

/** A step of the tour: after so many seconds since the start, something is said, and the service changes its mood. */
interface Step {
  afterSeconds: number;
  say: string;
  mood?: 'down' | 'ok';
}

const steps: readonly Step[] = [
  {
    afterSeconds: 1,
    say: 'The demo service answers its checks, every 5 seconds. In 9 seconds it will be made to fail.',
  },
  {
    afterSeconds: 10,
    say: 'The service is down now. Its rule wants two datapoints of 10 s each, so the alarm comes in 20 to 30 seconds.',
    mood: 'down',
  },
  {
    afterSeconds: 45,
    say: 'The service is repaired. The next good datapoint resolves the incident, in 10 to 20 seconds.',
    mood: 'ok',
  },
];

/** Shows a newcomer one incident from its first failed check to its end, on the real clock, in about a minute. */
export async function tour(ports: {
  say: (text: string) => void;
  setMood: (mood: 'down' | 'ok') => void;
  stop: AbortSignal;
}): Promise<void> {
  const begin = Date.now();
  for (const { afterSeconds, say, mood } of steps) {
    await sleep(Math.max(0, begin + afterSeconds * 1000 - Date.now()), undefined, { signal: ports.stop }).catch(
      () => undefined,
    );
    if (ports.stop.aborted) return;
    if (mood) ports.setMood(mood);
    ports.say(say);
  }
}
