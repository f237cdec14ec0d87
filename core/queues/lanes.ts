/**
 * Splits things into lanes: those of one lane follow each other in their order, different lanes do not wait for each other.
 * What names no lane is one lane.
 */
export function inLanes<T>(things: readonly T[], laneOf: (thing: T) => string | undefined): T[][] {
  const lanes = new Map<string, T[]>();
  for (const thing of things) {
    const name = laneOf(thing) ?? '';
    const lane = lanes.get(name);
    if (lane) lane.push(thing);
    else lanes.set(name, [thing]);
  }
  return [...lanes.values()];
}
