import { alarmName } from '../alarms/alarm.ts';
import { eventPlaceholders, metricPlaceholders, unknownPlaceholders } from '../rules/placeholders.ts';
import type { MetricRule, Rule } from '../rules/rule.ts';
import { useOneOf } from './did-you-mean.ts';
import type { Target } from './document.ts';
import { metricProblem } from './metric-problems.ts';
import { kindName, type ParsedParts, targetPath } from './parsed-parts.ts';
import type { Problem } from './problem.ts';
import { unknownChannels } from './reference-problems.ts';
import { type Report, windowProblems } from './window-problems.ts';

/** Problems with the rules of a target. */
export function ruleProblems(target: Target, parts: ParsedParts): Problem[] {
  return target.rules.flatMap((rule, i) => {
    const path = `${targetPath(target)}.rules[${i}]`;
    const report: Report = (message, received = rule.id, field = '') => ({
      path: `${path}${field}`,
      received,
      message,
    });
    return [
      ...unknownChannels(`${path}.channels`, rule.channels ?? [], parts),
      ...(rule.type === 'metric'
        ? metricRuleProblems(rule, target, parts, report)
        : eventRuleProblems(rule, target, report)),
      ...idProblems(rule, i, target, report),
      ...recipientProblems(rule, parts, report),
      ...inhibitsProblems(rule, target, report),
      ...(alarmName(parts, target, rule.id).length > 255
        ? [report('makes an alarm name of more than 255 characters; shorten the name of the target')]
        : []),
    ];
  });
}

function idProblems({ id }: Rule, i: number, { rules }: Target, report: Report): Problem[] {
  if (rules.findIndex((other) => other.id === id) === i) return [];
  const fix = "give one of them another id, as in { id: 'slow-responses-2' }";
  return [report(`is the id of another rule of this target; ${fix}`, id, '.id')];
}

/** Without valid routes nothing is known about the recipients. */
function recipientProblems({ channels, tier }: Rule, { routes }: ParsedParts, report: Report): Problem[] {
  if (channels || !routes || routes[tier]?.length) return [];
  return [report(`has no recipients: tier ${tier} has no route; add routes.${tier}, or channels to the rule`)];
}

function inhibitsProblems({ inhibits }: Rule, { rules }: Target, report: Report): Problem[] {
  const ids = rules.map(({ id }) => id);
  return inhibits
    .filter((id) => !ids.includes(id))
    .map((id) => report(`is not a rule of this target; ${useOneOf(id, ids)}`, id, '.inhibits'));
}

function eventRuleProblems(rule: Rule, { kind }: Target, report: Report): Problem[] {
  return [
    ...templateProblems(rule, eventPlaceholders, report),
    ...(kind === 'batch'
      ? []
      : [report(`waits for batch runs, and a ${kindName[kind]} has none; use it on a batch job`)]),
  ];
}

function metricRuleProblems(rule: MetricRule, target: Target, parts: ParsedParts, report: Report): Problem[] {
  const problems = templateProblems(rule, metricPlaceholders, report);
  const unusable = metricProblem(rule.metric, target, parts);
  if (unusable !== undefined) return [...problems, report(unusable, rule.metric, '.metric')];
  const metric = parts.metricNamed(rule.metric)!;
  return [...problems, ...windowProblems(rule, metric, target, { world: parts.world, report })];
}

function templateProblems(rule: Rule, allowed: readonly string[], report: Report): Problem[] {
  const known = allowed.map((name) => `{{${name}}}`);
  return (['summary', 'description'] as const).flatMap((field) =>
    unknownPlaceholders(rule[field], allowed)
      .map((name) => `{{${name}}}`)
      .map((name) => report(`is not a placeholder; ${useOneOf(name, known)}`, name, `.${field}`)),
  );
}
