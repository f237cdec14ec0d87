import type { DatapointGrid } from '../../tools/backtest/play-recording.ts';

/** A point of a drawn line; null where the line breaks. */
export type Drawn = [at: number, value: number | null];

/**
 * Reduces datapoints to those that a picture can show, with every peak and dip: the minimum and the maximum of each column, in
 * order of time. A column without values breaks the line.
 * @param start the time of the first datapoint, epoch milliseconds
 */
export function downSample({ datapoints, stepMs }: DatapointGrid, start: number, columns: number): Drawn[] {
  const drawn: Drawn[] = [];
  const width = Math.max(1, datapoints.length / columns);
  for (let column = 0; column * width < datapoints.length; column += 1) {
    const [from, to] = [Math.ceil(column * width), Math.min(datapoints.length, Math.ceil((column + 1) * width))];
    let [least, greatest] = [-1, -1];
    for (let i = from; i < to; i += 1) {
      const value = datapoints[i];
      if (value === undefined) continue;
      if (least < 0 || value < datapoints[least]!) least = i;
      if (greatest < 0 || value > datapoints[greatest]!) greatest = i;
    }
    if (least < 0) drawn.push([start + from * stepMs, null]);
    else
      for (const i of least === greatest ? [least] : [least, greatest].sort((a, b) => a - b))
        drawn.push([start + i * stepMs, datapoints[i]!]);
  }
  return drawn;
}
