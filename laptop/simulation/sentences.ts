import { channelKinds } from '../../core/channels/channels.ts';
import { useOneOf } from '../../core/definition/did-you-mean.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import type { Rule } from '../../core/rules/rule.ts';
import { inZone } from '../../core/time/zone.ts';
import { momentPattern, parseMoment, parseWeekdays } from './moment.ts';
import type { Outside, ProviderMode, ServiceMode } from './outside.ts';
import type { Scenario } from './scenario.ts';

interface Words {
  /** The captured words of the sentence. */
  words: readonly string[];
  outside: Outside;
  document: MonitoringDocument;
  /** Parses a time of the scenario. @throws if it is invalid */
  at: (text: string) => number;
}

/** A form of sentence in scenarios. */
interface Form {
  example: string;
  pattern: RegExp;
  /** Applies the sentence to the simulated systems. @throws if it is invalid */
  apply(words: Words): void;
}

const time = `(${momentPattern})`;
const period = `from ${time} to ${time}`;
const form = (example: string, pattern: string, apply: Form['apply']): Form => ({
  example,
  pattern: new RegExp(`^${pattern}$`),
  apply,
});

/** The channel type for each name of a provider in scenarios. */
const providerKinds = new Map<string, string>(
  channelKinds.flatMap(({ name, provider }) => provider.inScenarios.map((called) => [called, name] as const)),
);
const provider = `(${[...providerKinds.keys()].join('|')})`;

/** All forms of sentences. `tocsin simulate` prints the examples if it does not recognize a line. */
export const forms: readonly Form[] = [
  // Before the form of services, which matches any name.
  form('slack is down from 02:10 to 05:10', `${provider} is down ${period}`, ({ words, outside, at }) => {
    outside.providers.push({ of: providerKinds.get(words[0]!)!, from: at(words[1]!), to: at(words[2]!), mode: 'down' });
  }),
  form(
    'classifier is down from 02:10 to 02:55',
    `(\\S+) is (down|without its model|answering errors|hanging) ${period}`,
    ({ words, outside, document, at }) => {
      const [service, mode, from, to] = words as [string, string, string, string];
      expectTarget(document, 'service', service);
      outside.services.push({ of: service, from: at(from), to: at(to), mode: mode as ServiceMode });
    },
  ),
  form(
    'classifier answers in 8 seconds from 02:10 to 02:55',
    `(\\S+) answers in ([\\d.]+) seconds? ${period}`,
    ({ words, outside, document, at }) => {
      const [service, seconds, from, to] = words as [string, string, string, string];
      expectTarget(document, 'service', service);
      outside.services.push({ of: service, from: at(from), to: at(to), mode: { answersInSeconds: Number(seconds) } });
    },
  ),
  form(
    'slack answers 429 from 02:13 to 02:20',
    `${provider} answers (\\d{3}) (?:${period}|at ${time})`,
    ({ words, outside, at }) => {
      const [called, status, from, to, once] = words as [
        string,
        string,
        string | undefined,
        string | undefined,
        string | undefined,
      ];
      const mode: ProviderMode = { status: Number(status) };
      const begin = at(from ?? once!);
      outside.providers.push({
        of: providerKinds.get(called)!,
        from: begin,
        to: to === undefined ? begin + 60_000 : at(to),
        mode,
      });
    },
  ),
  form(
    'nightly fails on Tuesday',
    '(\\S+) (fails|does not run) (?:on (.+)|(every day))',
    ({ words, outside, document }) => {
      const [job, how, days] = words as [string, 'fails' | 'does not run', string | undefined];
      const target = expectTarget(document, 'batch', job);
      if (target.kind === 'batch' && !target.schedule)
        throw new Error(`${job} has no schedule in the config, so it never runs in a simulation`);
      const parsed = days === undefined ? undefined : parseWeekdays(days);
      if (days !== undefined && !parsed) throw new Error(`${days} is not a list of weekdays`);
      outside.jobs.push({ job, how, days: parsed });
    },
  ),
  form(
    'results has 12 GB free at 02:00',
    `(\\S+) has ([\\d.]+) GB free at ${time}`,
    ({ words, outside, document, at }) => {
      expectTarget(document, 'volume', words[0]!);
      outside.volumes.push({ volume: words[0]!, at: at(words[2]!), free: Number(words[1]) });
    },
  ),
  form(
    'results fills 1 GB an hour from 02:00',
    `(\\S+) fills ([\\d.]+) GB an hour from ${time}`,
    ({ words, outside, document, at }) => {
      expectTarget(document, 'volume', words[0]!);
      outside.volumes.push({ volume: words[0]!, at: at(words[2]!), gigabytesPerHour: Number(words[1]) });
    },
  ),
  form(
    'the health check stops from 02:10 to 02:40',
    `the (\\S+) check stops ${period}`,
    ({ words, outside, document, at }) => {
      const [check, from, to] = words as [string, string, string];
      if (!document.targets.some((target) => target.checks.some((c) => c.check === check)))
        throw new Error(`no target has a ${check} check`);
      outside.stopped.push({ of: check, from: at(from), to: at(to), mode: true });
    },
  ),
  form(
    'the ALARM of classifier/service-down arrives 10 minutes late',
    'the (ALARM|OK|INSUFFICIENT_DATA) of (\\S+) arrives (\\d+) minutes? late',
    ({ words, outside, document }) => {
      const [state, alarm, minutes] = words as [string, string, string];
      expectRule(document, alarm);
      outside.late.push({ alarm, state, seconds: Number(minutes) * 60 });
    },
  ),
  form(
    'classifier/service-down is removed at 03:00',
    `(\\S+/\\S+) is removed at ${time}`,
    ({ words, outside, document, at }) => {
      const [alarm, moment] = words as [string, string];
      expectRule(document, alarm);
      outside.deploys.push({ at: at(moment), what: `without ${alarm}`, change: changeRule(alarm, () => []) });
    },
  ),
  form(
    'the threshold of classifier/slow-responses becomes 10 at 03:00',
    `the threshold of (\\S+/\\S+) becomes ([\\d.]+) at ${time}`,
    ({ words, outside, document, at }) => {
      const [alarm, threshold, moment] = words as [string, string, string];
      expectRule(document, alarm);
      const change = changeRule(alarm, (rule) => [
        rule.type === 'metric' ? { ...rule, threshold: Number(threshold) } : rule,
      ]);
      outside.deploys.push({ at: at(moment), what: `with the threshold of ${alarm} at ${threshold}`, change });
    },
  ),
];

/** Applies a scenario to the simulated systems. @returns the problems of sentences that cannot be simulated */
export function stage(scenario: Scenario, document: MonitoringDocument, outside: Outside): string[] {
  const at = (text: string) => {
    const moment = parseMoment(text, scenario.startsAt, scenario.timeZone);
    if (moment === undefined) throw new Error(`${text} is not a time; use 02:10, Tuesday 02:10 or 2026-11-24 02:10`);
    if (inZone(moment, scenario.timeZone).slice(11, 16) !== text.slice(-5))
      throw new Error(`${text} does not exist on that day, because the clock is set forward over it`);
    if (moment > scenario.endsAt) throw new Error(`${text} is after the end of the scenario`);
    return moment;
  };
  const problems = scenario.sentences.flatMap(({ line, text }) => {
    const found = forms.map((f) => ({ f, match: f.pattern.exec(text) })).find(({ match }) => match);
    if (!found) return [`line ${line}: "${text}" is not a known sentence`];
    try {
      found.f.apply({ words: found.match!.slice(1), outside, document, at });
      const periods = [...outside.services, ...outside.providers, ...outside.stopped];
      if (periods.some(({ from, to }) => to <= from)) throw new Error('the end is not after the start');
      return [];
    } catch (error) {
      return [`line ${line}: "${text}": ${(error as Error).message}`];
    }
  });
  const hasUnknown = problems.some((problem) => problem.endsWith('is not a known sentence'));
  return hasUnknown ? [...problems, 'use sentences such as:', ...forms.map(({ example }) => `  ${example}`)] : problems;
}

function expectTarget(document: MonitoringDocument, kind: MonitoringDocument['targets'][number]['kind'], name: string) {
  const target = document.targets.find((candidate) => candidate.kind === kind && candidate.name === name);
  if (target) return target;
  const there = document.targets.filter((candidate) => candidate.kind === kind).map((candidate) => candidate.name);
  throw new Error(`the config has no ${kind} called ${name}; ${useOneOf(name, there)}`);
}

function expectRule(document: MonitoringDocument, alarm: string): void {
  const there = document.targets.flatMap((target) => target.rules.map((rule) => `${target.name}/${rule.id}`));
  if (!there.includes(alarm)) throw new Error(`the config has no rule ${alarm}; ${useOneOf(alarm, there)}`);
}

const changeRule =
  (alarm: string, change: (rule: Rule) => Rule[]) =>
  (document: MonitoringDocument): MonitoringDocument => ({
    ...document,
    targets: document.targets.map((target) => ({
      ...target,
      rules: target.rules.flatMap((rule) => (`${target.name}/${rule.id}` === alarm ? change(rule) : [rule])),
    })),
  });
