import { channelKinds } from '../../core/channels/channels.ts';
import { useOneOf } from '../../core/definition/did-you-mean.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import type { Rule } from '../../core/rules/rule.ts';
import { inZone } from '../../core/time/zone.ts';
import { momentPattern, parseMoment, parseWeekdays } from './moment.ts';
import type { Outside, ProviderMood, ServiceMood } from './outside.ts';
import type { Scenario } from './scenario.ts';

interface Words {
  /** The captured words of the sentence. */
  words: readonly string[];
  outside: Outside;
  document: MonitoringDocument;
  /** A moment of the scenario; throws a sentence when there is none. */
  at: (text: string) => number;
}

/** A form of sentence that scenarios may use. */
interface Form {
  example: string;
  pattern: RegExp;
  /** Makes the world do it. Throws a sentence that says what is wrong. */
  happen(words: Words): void;
}

const time = `(${momentPattern})`;
const spell = `from ${time} to ${time}`;
const form = (example: string, pattern: string, happen: Form['happen']): Form => ({
  example,
  pattern: new RegExp(`^${pattern}$`),
  happen,
});

/** The kind of channel behind each name that a scenario may call a provider by. */
const providerKinds = new Map<string, string>(
  channelKinds.flatMap(({ name, provider }) => provider.inScenarios.map((called) => [called, name] as const)),
);
const provider = `(${[...providerKinds.keys()].join('|')})`;

/** All forms of sentences; the list is what `tocsin simulate` prints when it does not understand a line. */
export const forms: readonly Form[] = [
  // Before the form of services, which would take any name.
  form('slack is down from 02:10 to 05:10', `${provider} is down ${spell}`, ({ words, outside, at }) => {
    outside.providers.push({ of: providerKinds.get(words[0]!)!, from: at(words[1]!), to: at(words[2]!), mood: 'down' });
  }),
  form(
    'classifier is down from 02:10 to 02:55',
    `(\\S+) is (down|without its model|answering errors|hanging) ${spell}`,
    ({ words, outside, document, at }) => {
      const [service, mood, from, to] = words as [string, string, string, string];
      expectTarget(document, 'service', service);
      outside.services.push({ of: service, from: at(from), to: at(to), mood: mood as ServiceMood });
    },
  ),
  form(
    'classifier answers in 8 seconds from 02:10 to 02:55',
    `(\\S+) answers in ([\\d.]+) seconds? ${spell}`,
    ({ words, outside, document, at }) => {
      const [service, seconds, from, to] = words as [string, string, string, string];
      expectTarget(document, 'service', service);
      outside.services.push({ of: service, from: at(from), to: at(to), mood: { answersInSeconds: Number(seconds) } });
    },
  ),
  form(
    'slack answers 429 from 02:13 to 02:20',
    `${provider} answers (\\d{3}) (?:${spell}|at ${time})`,
    ({ words, outside, at }) => {
      const [called, status, from, to, once] = words as [
        string,
        string,
        string | undefined,
        string | undefined,
        string | undefined,
      ];
      const mood: ProviderMood = { status: Number(status) };
      const begin = at(from ?? once!);
      outside.providers.push({
        of: providerKinds.get(called)!,
        from: begin,
        to: to === undefined ? begin + 60_000 : at(to),
        mood,
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
        throw new Error(`${job} has no schedule in the config, so nobody knows when it runs`);
      const parsed = days === undefined ? undefined : parseWeekdays(days);
      if (days !== undefined && !parsed) throw new Error(`${days} are not days of the week`);
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
    `the (\\S+) check stops ${spell}`,
    ({ words, outside, document, at }) => {
      const [check, from, to] = words as [string, string, string];
      if (!document.targets.some((target) => target.checks.some((c) => c.check === check)))
        throw new Error(`no target has a ${check} check`);
      outside.stopped.push({ of: check, from: at(from), to: at(to), mood: true });
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

/** Makes the world outside do what a scenario says. @returns the problems of sentences that cannot be played */
export function stage(scenario: Scenario, document: MonitoringDocument, outside: Outside): string[] {
  const at = (text: string) => {
    const moment = parseMoment(text, scenario.startsAt, scenario.timeZone);
    if (moment === undefined) throw new Error(`${text} is not a time; write 02:10, Tuesday 02:10 or 2026-11-24 02:10`);
    if (inZone(moment, scenario.timeZone).slice(11, 16) !== text.slice(-5))
      throw new Error(`${text} does not exist that night: the clock is set forward from before it to after it`);
    if (moment > scenario.endsAt) throw new Error(`${text} lies after the end of the scenario`);
    return moment;
  };
  const problems = scenario.sentences.flatMap(({ line, text }) => {
    const found = forms.map((f) => ({ f, match: f.pattern.exec(text) })).find(({ match }) => match);
    if (!found) return [`line ${line}: "${text}" was not understood`];
    try {
      found.f.happen({ words: found.match!.slice(1), outside, document, at });
      const spells = [...outside.services, ...outside.providers, ...outside.stopped];
      if (spells.some(({ from, to }) => to <= from))
        throw new Error('it ends before it begins, so nothing would happen');
      return [];
    } catch (error) {
      return [`line ${line}: "${text}": ${(error as Error).message}`];
    }
  });
  const lost = problems.some((problem) => problem.endsWith('was not understood'));
  return lost ? [...problems, 'sentences look like these:', ...forms.map(({ example }) => `  ${example}`)] : problems;
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
