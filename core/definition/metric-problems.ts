import { checkKindOf } from '../checks/checks.ts';
import type { Metric } from '../metrics/metric.ts';
import { nearest } from './did-you-mean.ts';
import type { Target } from './document.ts';
import { kindName, type ParsedParts, targetPath } from './parsed-parts.ts';
import type { Problem } from './problem.ts';

type Metrics = Pick<ParsedParts, 'metricNamed' | 'catalogue'>;

/** Problems with the refresh intervals of a target. It may state them for its own metrics, but not for those of a check. */
export function refreshProblems(target: Target, metrics: Metrics): Problem[] {
  return Object.entries(target.refresh ?? {}).flatMap(([name, received]) => {
    const message = refreshProblem(name, metrics, target);
    return message === undefined
      ? []
      : [{ path: `${targetPath(target)}.refresh.${name}`, received: `${received} seconds`, message }];
  });
}

function refreshProblem(name: string, metrics: Metrics, target: Target): string | undefined {
  const metric = metrics.metricNamed(name);
  if (!metric)
    return `is for an unknown metric; ${suggestion(name, metrics)}use a name from the glossary, or declare the metric in metrics: { ${name}: … }`;
  if ('check' in metric.source) return `is decided by the ${metric.source.check} check; set its "every" instead`;
  return metric.of === target.kind
    ? undefined
    : `is for a metric of a ${kindName[metric.of]}, but this is a ${kindName[target.kind]}`;
}

/** Why a rule of this target cannot use the metric of that name. Undefined if it can. */
export function metricProblem(name: string, target: Target, metrics: Metrics): string | undefined {
  const metric = metrics.metricNamed(name);
  if (metric) return notEmitted(metric, target);
  const usable = metrics.catalogue.filter(({ of }) => of === target.kind).map((known) => known.name);
  return `is not a known metric; ${suggestion(name, metrics)}declare it in metrics: { ${name}: … }, or use one of the metrics of a ${kindName[target.kind]}: ${usable.join(', ')}`;
}

/** `did you mean ServiceUp? Or `, before the other fixes for an unknown metric. */
function suggestion(name: string, { catalogue }: Metrics): string {
  const meant = nearest(
    name,
    catalogue.map((known) => known.name),
  );
  return meant === undefined ? '' : `did you mean ${meant}? Or `;
}

/** Why a metric has no values for a target. Undefined if it has. */
function notEmitted({ source, of, name }: Metric, target: Target): string | undefined {
  if ('check' in source)
    return target.checks.some(({ check }) => check === source.check)
      ? checkKindOf(source.check).lacks?.(name, target)
      : `is not emitted for this target: it has no ${source.check} check`;
  if (of !== target.kind) return `is a metric of a ${kindName[of]}, but this is a ${kindName[target.kind]}`;
  if ('namespace' in source && !target.dimensions[source.namespace])
    return `is published in the namespace ${source.namespace}; add its dimensions to the target, as in dimensions: { ${source.namespace}: { InstanceId: '…' } }. This lists them: aws cloudwatch list-metrics --metric-name ${name}`;
  return undefined;
}
