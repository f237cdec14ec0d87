const milliseconds = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** Formats milliseconds as a Prometheus duration: `59s999ms`, `1d2h`, `0s`. */
export function sayPromDuration(duration: number): string {
  let left = Math.round(duration);
  let text = '';
  for (const [unit, length] of milliseconds) {
    const count = Math.floor(left / length);
    left -= count * length;
    if (count > 0) text += `${count}${unit}`;
  }
  return text || '0s';
}
