import type * as z from 'zod';
import type { TargetKind } from '../../events/target.ts';
import type { Metric } from '../metrics/metric.ts';

/**
 * What the config says of a check: how it is written, what it measures. How it looks is in `functions/<name>-check/`;
 * equal names tie the two together, so that a new check is this object, its folder and one line in `checks.ts`.
 */
export interface CheckKind<Name extends string = string, Settings extends z.ZodType = z.ZodType> {
  readonly isCheckKind: true;
  /** Its name, the prefix of its function: `health`. */
  readonly name: Name;
  /** What it observes. */
  readonly targets: TargetKind;
  /** The settings as a user writes them. They hold `check: <name>` and `every`, in seconds after the door. */
  readonly settings: Settings;
  readonly metrics: readonly Metric[];
}

/** Declares a check. */
export const checkKind = <Name extends string, Settings extends z.ZodType>(
  kind: Omit<CheckKind<Name, Settings>, 'isCheckKind'>,
): CheckKind<Name, Settings> => ({ isCheckKind: true, ...kind });
