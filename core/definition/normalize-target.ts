import type * as z from 'zod';
import type { Measured } from '../checks/check-kind.ts';
import { checkKindOf } from '../checks/checks.ts';
import type { Metric } from '../metrics/metric.ts';
import { periodOf } from '../metrics/refresh.ts';
import { inhibitsAmong } from '../rules/explained.ts';
import type { Rule, rule } from '../rules/rule.ts';
import type { Target } from './document.ts';

type ParsedRule = z.output<typeof rule>;
type ParsedTarget = Pick<Target, 'checks' | 'dimensions' | 'refresh'> & { rules: ParsedRule[] | { because: string } };

/** What the rest of the definition decides about a target. */
interface Defaults {
  /** The intervals of the stage, by check, in seconds. */
  every: Readonly<Record<string, number>>;
  /** The time zone of schedules without their own. */
  timeZone: string;
  metricNamed: (name: string) => Metric | undefined;
}

/** A parsed target in the form of the document: defaults filled in, and each rule with its metric, period and inhibitions. */
export function normalizeTarget(
  kind: Target['kind'],
  name: string,
  parsed: ParsedTarget,
  { every, timeZone, metricNamed }: Defaults,
): Target {
  const checks = parsed.checks.map((check) => ({ ...check, every: every[check.check] ?? check.every }));
  const rules = 'because' in parsed.rules ? [] : parsed.rules;
  const normalizeRule = ({ explains, ...fields }: ParsedRule): Rule => {
    const inhibits = inhibitsAmong({ ...fields, explains }, rules);
    if (fields.type === 'event') return { ...fields, inhibits };
    const { instead, ...wanted } = fields;
    const lacks = instead && isLacking(metricNamed(fields.metric), { ...parsed, kind, rules });
    const normalized = { ...wanted, ...(lacks ? instead : {}), inhibits };
    return { ...normalized, period: periodOf(normalized, metricNamed(normalized.metric), { ...parsed, checks }) };
  };
  const target = { ...parsed, kind, name, rules: rules.map(normalizeRule), checks } as Target;
  return target.kind === 'batch' && target.schedule !== undefined ? { timeZone, ...target } : target;
}

/** Whether the check that measures a metric does not measure it on this target. */
const isLacking = (metric: Metric | undefined, target: Measured): boolean =>
  metric !== undefined &&
  'check' in metric.source &&
  checkKindOf(metric.source.check).lacks?.(metric.name, target) !== undefined;
