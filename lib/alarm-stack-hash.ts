import { stableHash } from '../core/stable-hash.ts';

const mask = 0xffffffffffffffffn;

/**
 * The stack, out of `count`, for the alarms of a target. With one more stack, targets move only to the new one, never
 * between old ones. The old stacks are deployed first, so that they have deleted an alarm before the new one creates it.
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
