import type * as z from 'zod';
import type { TargetKind } from '../../events/target.ts';
import type { Metric } from '../metrics/metric.ts';

/** What of a target decides which metrics a check measures on it. Its full type is made of the kinds of checks. */
export interface Measured {
  readonly kind: TargetKind;
  readonly schedule?: string | undefined;
  readonly rules: readonly { readonly type: string; readonly metric?: string | undefined }[];
}

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
  /** Why a look at this target does not measure one of them, read on from its name. @default each look measures all */
  readonly lacks?: (metric: string, target: Measured) => string | undefined;
}

/** The metrics that a check measures on a target. */
export const metricsOn = ({ metrics, lacks }: CheckKind, target: Measured): Metric[] =>
  metrics.filter(({ name }) => lacks?.(name, target) === undefined);

/** Declares a check. */
export const checkKind = <Name extends string, Settings extends z.ZodType>(
  kind: Omit<CheckKind<Name, Settings>, 'isCheckKind'>,
): CheckKind<Name, Settings> => ({ isCheckKind: true, ...kind });
