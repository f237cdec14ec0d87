import { stableHash } from '../core/stable-hash.ts';

const mask = 0xffffffffffffffffn;

/**
 * Which of `count` stacks a target's alarms belong to. With one stack more, targets move only into the new one, never
 * between old ones; so the old stacks, deployed first, have let go of an alarm's name when the new one takes it.
 * Jump consistent hash, after Lamping and Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm", 2014.
 */
export function alarmStackOf(target: string, count: number): number {
  let key = BigInt(`0x${stableHash(target)}`);
  let stack = 0;
  for (let next = 0; next < count; ) {
    stack = next;
    key = (key * 2862933555777941757n + 1n) & mask;
    next = Math.floor((stack + 1) * (2 ** 31 / (Number(key >> 33n) + 1)));
  }
  return stack;
}
