import type { MonitoringDocument } from '../../core/definition/document.ts';
import { type WatchedRule, watchedRules } from '../../core/incidents/watched-rule.ts';
import { tiers } from '../../events/tier.ts';
import { operatorsSeverity } from './alert-labels.ts';
import { inhibitRules } from './inhibit-rules.ts';
import { Noted } from './noted.ts';
import { sayPromDuration } from './prom-duration.ts';
import { type Means, operatorsOf, operatorsReceiver, receiversOf } from './receivers.ts';

/** Channels, and how often they are notified again: what decides a route. */
interface Delivery {
  channels: readonly string[];
  remindEvery: number | 'never';
}

/** What a tier's route says unless a rule says otherwise: `remindEvery` of a rule on a metric is an hour by default. */
const usualReminder = 3600;
/** Alertmanager always reminds: never is a year. */
const never = 365 * 86_400;

/**
 * A routing file for Alertmanager that takes the alerts of the exported rules to the channels that Tocsin's router would
 * notify. First the rules with channels or reminders of their own, then the tiers; what no rule answers to goes where
 * Tocsin sends such alarms, to the channels of tier high.
 */
export function alertmanagerConfig(document: MonitoringDocument, means: Means): Noted {
  const routes = [...ownRoutes(document), ...tierRoutes(document), operatorsRoute];
  const strangers = strangersOf(document);
  const used = [...new Set([...routes.flatMap(({ channels }) => channels), ...strangers])].filter(
    (name) => name !== operatorsReceiver,
  );
  const unused = Object.keys(document.channels).filter((name) => !used.includes(name));
  const inhibits = inhibitRules(document);
  return new Noted(headOf(document, unused), {
    global: new Noted(['Where mail goes out. With a password: smtp_auth_username, and smtp_auth_password_file.'], {
      smtp_smarthost: means.smarthost,
    }),
    route: {
      receiver: strangers[0] ?? operatorsReceiver,
      group_by: ['deployment', 'stage', 'alarm'],
      group_wait: '0s',
      group_interval: '1m',
      repeat_interval: sayPromDuration(usualReminder * 1000),
      routes: [...routes.map(routeOf), ...catchAll(strangers)],
    },
    receivers: [...receiversOf(document, used, means), operatorsOf(document)],
    ...(inhibits.length > 0 ? { inhibit_rules: inhibits } : {}),
  });
}

interface Route extends Delivery {
  matchers: readonly string[];
}

/** One route for all rules that notify the same channels as often, where it is not what their tier says. */
function ownRoutes(document: MonitoringDocument): Route[] {
  const byDelivery = new Map<string, { delivery: Delivery; watches: WatchedRule[] }>();
  for (const watch of watchedRules(document)) {
    const delivery = deliveryOf(document, watch);
    const key = JSON.stringify(delivery);
    if (key === JSON.stringify(deliveryOfTier(document, watch.rule.tier))) continue;
    const same = byDelivery.get(key) ?? { delivery, watches: [] };
    same.watches.push(watch);
    byDelivery.set(key, same);
  }
  return [...byDelivery.values()].map(({ delivery, watches }) => ({
    ...delivery,
    matchers: [`alarm=~"${watches.map(({ alarm }) => asPattern(alarm)).join('|')}"`],
  }));
}

const deliveryOf = (document: MonitoringDocument, { rule }: WatchedRule): Delivery => ({
  channels: rule.channels ?? document.routes[rule.tier],
  remindEvery: rule.remindEvery,
});

const deliveryOfTier = (document: MonitoringDocument, tier: WatchedRule['rule']['tier']): Delivery => ({
  channels: document.routes[tier],
  remindEvery: usualReminder,
});

/** Names hold letters, digits and `-_/.`; only the dot means something in a pattern. */
const asPattern = (alarm: string) => alarm.replaceAll('.', '[.]');

const tierRoutes = (document: MonitoringDocument): Route[] =>
  tiers
    .filter((tier) => document.routes[tier].length > 0)
    .map((tier) => ({ ...deliveryOfTier(document, tier), matchers: [`severity="${tier}"`] }));

const operatorsRoute: Route = {
  channels: [operatorsReceiver],
  remindEvery: usualReminder,
  matchers: [`severity="${operatorsSeverity}"`],
};

/** The channels of alarms that no rule answers to. */
const strangersOf = ({ routes }: MonitoringDocument): readonly string[] =>
  routes.high.length > 0 ? routes.high : (tiers.map((tier) => routes[tier]).find(({ length }) => length > 0) ?? []);

/** A channel is a child route that lets the next one have the alert as well. */
const children = (channels: readonly string[]) =>
  channels.map((receiver, i) => (i < channels.length - 1 ? { receiver, continue: true } : { receiver }));

const routeOf = ({ matchers, channels, remindEvery }: Route) => ({
  matchers,
  ...(channels.length === 1 ? { receiver: channels[0] } : {}),
  ...(remindEvery === usualReminder
    ? {}
    : { repeat_interval: sayPromDuration((remindEvery === 'never' ? never : remindEvery) * 1000) }),
  ...(channels.length === 1 ? {} : { routes: children(channels) }),
});

const catchAll = (strangers: readonly string[]) =>
  strangers.length > 1 ? [new Noted(['What no rule answers to.'], { routes: children(strangers) })] : [];

const headOf = ({ name, stage }: MonitoringDocument, unused: readonly string[]): string[] => [
  `The routes of ${name}/${stage}, made by: tocsin rules export alertmanager. Do not edit; export again.`,
  '',
  'Each secret is read from the file named. A reminder is a repeat: sent again only while the alert fires, and at the next',
  'group_interval after its time. "never" is once a year, since Alertmanager always repeats.',
  ...(unused.length > 0 ? [`Not exported, since no rule and no tier tells them: ${unused.join(', ')}.`] : []),
];
