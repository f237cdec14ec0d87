/** A value of a metric at a moment, epoch milliseconds. */
export interface Reading {
  at: number;
  value: number;
}

/** A reading with what became of it. Plain JSON: a job keeps these from one run to the next. */
export interface DropReading extends Reading {
  /** How far the value lies under the one that it is compared with; negative when above; absent where there is none to compare with. */
  drop?: number;
  /** When the drop began that this reading belongs to, epoch milliseconds; absent while there is none. */
  droppedSince?: number;
}

/** What a drop is. */
export interface DropSettings {
  /** How long before a value the one lies that it is compared with, in seconds: 3600 for "within an hour", 604,800 for "than a week ago". */
  comparedSeconds: number;
  /** From which drop on the value counts as dropped: the lowest limit of your rules. */
  from: number;
  /** Under which drop it has recovered. @default half of `from` */
  recoveredBelow?: number;
  /** Percentage points of a share, or percent of the value compared with. @default points */
  as?: 'points' | 'percent';
}

/**
 * Takes a reading among the earlier ones and measures its drop. A value is compared with the one so long before; while it
 * is dropped, with the last one before the drop, as often that long before as it takes. So a drop lasts until the value
 * has recovered, and not until the comparison has moved past its beginning. A new level that is accepted (a model that
 * stays) begins with no earlier readings.
 * @param earlier what this function returned for the reading before
 * @returns the readings to keep, the new one last: its `drop` is what to publish; none, when there is nothing to compare with
 */
export function nextDrop(
  earlier: readonly DropReading[],
  { at, value }: Reading,
  settings: DropSettings,
): DropReading[] {
  const last = earlier.at(-1);
  const before = comparedWith(earlier, at, last?.droppedSince, settings);
  const drop = before && dropOf(before.value, value, settings);
  // Without anything to compare with, it is as it was.
  const isDropped =
    drop === undefined
      ? last?.droppedSince !== undefined
      : drop >= (last?.droppedSince === undefined ? settings.from : (settings.recoveredBelow ?? settings.from / 2));
  const reading: DropReading = {
    at,
    value,
    ...(drop !== undefined && { drop }),
    ...(isDropped && { droppedSince: last?.droppedSince ?? at }),
  };
  return stillNeeded([...earlier, reading], settings);
}

/** The drop in percentage points or in percent; of nothing there is no percentage. */
function dropOf(before: number, now: number, { as = 'points' }: DropSettings): number | undefined {
  if (as === 'points') return before - now;
  return before === 0 ? undefined : ((before - now) / before) * 100;
}

/** How far from its moment the value compared with may lie: readings come a little early or late. */
const toleranceOf = ({ comparedSeconds }: DropSettings) => Math.min(comparedSeconds / 4, 3600) * 1000;

/**
 * The reading that one is compared with: so long before, twice as long … the first that is not dropped. Within a drop it is
 * one from so long before its beginning, where there is one: a value falls for a while before it counts as dropped.
 */
function comparedWith(
  earlier: readonly DropReading[],
  at: number,
  droppedSince: number | undefined,
  settings: DropSettings,
): DropReading | undefined {
  const [step, tolerance] = [settings.comparedSeconds * 1000, toleranceOf(settings)];
  const oldest = earlier[0]?.at ?? at;
  let found: DropReading | undefined;
  for (let moment = at - step; moment >= oldest - tolerance; moment -= step) {
    const reading = nearest(earlier, moment, tolerance);
    if (!reading || reading.droppedSince !== undefined) continue;
    if (droppedSince === undefined || reading.at <= droppedSince - step + tolerance) return reading;
    found ??= reading;
  }
  return found;
}

function nearest(readings: readonly DropReading[], moment: number, tolerance: number): DropReading | undefined {
  let best: DropReading | undefined;
  for (const reading of readings) {
    const distance = Math.abs(reading.at - moment);
    if (distance <= tolerance && (!best || distance < Math.abs(best.at - moment))) best = reading;
  }
  return best;
}

/** Two steps back from now, and two from the beginning of any drop that is still looked at. */
function stillNeeded(readings: readonly DropReading[], settings: DropSettings): DropReading[] {
  const reach = settings.comparedSeconds * 2000 + toleranceOf(settings);
  let since = readings.at(-1)!.at - reach;
  for (const reading of readings.toReversed()) {
    if (reading.at >= since && reading.droppedSince !== undefined)
      since = Math.min(since, reading.droppedSince - reach);
  }
  return readings.filter(({ at }) => at >= since);
}
