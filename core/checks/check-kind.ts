import type * as z from 'zod';
import type { TargetKind } from '../../events/target.ts';
import type { Metric } from '../metrics/metric.ts';

/** The fields of a target that decide which metrics a check measures on it. Its full type is derived from the kinds of checks. */
export interface Measured {
  readonly kind: TargetKind;
  readonly schedule?: string | undefined;
  readonly rules: readonly { readonly type: string; readonly metric?: string | undefined }[];
}

/**
 * A kind of check: its settings and its metrics. Its implementation is in `functions/<name>-check/`. A new check is this
 * object, its function folder and one line each in `checks.ts`, `check-names.ts` and `laptop/observers.ts`.
 */
export interface CheckKind<Name extends string = string, Settings extends z.ZodType = z.ZodType> {
  /** Its name, which is the prefix of its function: `health`. */
  readonly name: Name;
  /** The kind of target that it observes. */
  readonly targets: TargetKind;
  /** The schema of its settings. They include `check: <name>` and `every`, in seconds after validation. */
  readonly settings: Settings;
  readonly metrics: readonly Metric[];
  /** Why a metric is not measured on this target, as the end of a sentence after its name. @default all metrics are measured */
  readonly lacks?: (metric: string, target: Measured) => string | undefined;
}

/** The metrics that a check measures on a target. */
export const metricsOn = ({ metrics, lacks }: CheckKind, target: Measured): Metric[] =>
  metrics.filter(({ name }) => lacks?.(name, target) === undefined);

/** Declares a kind of check and preserves the types of its name and settings. */
export const checkKind = <Name extends string, Settings extends z.ZodType>(
  kind: CheckKind<Name, Settings>,
): CheckKind<Name, Settings> => kind;
