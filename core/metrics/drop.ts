/** A value of a metric at a time, in epoch milliseconds. */
export interface Reading {
  /** The time of the reading, in epoch milliseconds. */
  at: number;
  /** The value, in the unit of the metric. */
  value: number;
}

/** A reading with its drop. Plain JSON: a job stores these from one run to the next. */
export interface DropReading extends Reading {
  /** The drop against the reference value; negative if the value rose. Absent without a reference value. */
  drop?: number;
  /** The start of the drop that this reading belongs to, in epoch milliseconds. Absent if there is no drop. */
  droppedSince?: number;
}

/** The definition of a drop. */
export interface DropSettings {
  /** The distance to the reference value, in seconds: 3600 for "within an hour", 604,800 for "against a week ago". */
  comparedSeconds: number;
  /** The drop from which the value counts as dropped: the lowest threshold of your rules. */
  from: number;
  /** The drop below which the value has recovered. @default half of `from` */
  recoveredBelow?: number;
  /** In percentage points, or in percent of the reference value. @default points */
  as?: 'points' | 'percent';
}

/**
 * Adds a reading to the earlier ones and computes its drop. A value is compared with the value `comparedSeconds` ago. During
 * a drop the reference is the last value before the drop, a multiple of `comparedSeconds` ago. So a drop lasts until the
 * value has recovered, and not only until the comparison has moved past its start. To accept a new level (a new model that
 * stays), start without earlier readings.
 * @example readings = nextDrop(readings, { at: Date.now(), value: accuracy }, { comparedSeconds: 3600, from: 5 })
 * @param earlier the result of this function for the previous reading
 * @returns the readings to store, with the new one last. Publish its `drop`; it is absent without a reference value
 */
export function nextDrop(
  earlier: readonly DropReading[],
  { at, value }: Reading,
  settings: DropSettings,
): DropReading[] {
  const last = earlier.at(-1);
  const before = referenceFor(earlier, at, last?.droppedSince, settings);
  const drop = before && dropOf(before.value, value, settings);
  // Without a reference value, the state does not change.
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

/** The drop in percentage points or in percent. Undefined for a percentage of zero. */
function dropOf(before: number, now: number, { as = 'points' }: DropSettings): number | undefined {
  if (as === 'points') return before - now;
  return before === 0 ? undefined : ((before - now) / before) * 100;
}

/** How far the reference value can be from its expected time, because readings are a little early or late. */
const toleranceOf = ({ comparedSeconds }: DropSettings) => Math.min(comparedSeconds / 4, 3600) * 1000;

/**
 * The reference reading: the first one that is not dropped, going back in steps of `comparedSeconds`. During a drop, a reading
 * at least one step before the start of the drop is preferred, because a value falls for a while before it counts as dropped.
 */
function referenceFor(
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

/** Keeps two steps back from now, and two steps back from the start of each drop that is still in use. */
function stillNeeded(readings: readonly DropReading[], settings: DropSettings): DropReading[] {
  const reach = settings.comparedSeconds * 2000 + toleranceOf(settings);
  let since = readings.at(-1)!.at - reach;
  for (const reading of readings.toReversed()) {
    if (reading.at >= since && reading.droppedSince !== undefined)
      since = Math.min(since, reading.droppedSince - reach);
  }
  return readings.filter(({ at }) => at >= since);
}
