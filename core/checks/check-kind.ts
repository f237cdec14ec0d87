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
 * A kind of check: its settings, and what it measures. How it looks is in `functions/<name>-check/`; equal names tie the
 * two together, so that a new check is this object, its folder and one line in `checks.ts`.
 */
export interface CheckKind<Name extends string = string, Settings extends z.ZodType = z.ZodType> {
  /** Its name, the prefix of its function: `health`. */
  readonly name: Name;
  /** What it observes. */
  readonly targets: TargetKind;
  /** The settings as a user writes them. They hold `check: <name>` and `every`, in seconds after validation. */
  readonly settings: Settings;
  readonly metrics: readonly Metric[];
  /** Why a look at this target does not measure one of them, read on from its name. @default each look measures all */
  readonly lacks?: (metric: string, target: Measured) => string | undefined;
}

/** The metrics that a check measures on a target. */
export const metricsOn = ({ metrics, lacks }: CheckKind, target: Measured): Metric[] =>
  metrics.filter(({ name }) => lacks?.(name, target) === undefined);

/** Declares a kind of check, with the types of its name and settings kept. */
export const checkKind = <Name extends string, Settings extends z.ZodType>(
  kind: CheckKind<Name, Settings>,
): CheckKind<Name, Settings> => kind;
