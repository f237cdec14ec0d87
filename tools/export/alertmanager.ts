import type { MonitoringDocument } from '../../core/definition/document.ts';
import { type WatchedRule, watchedRules } from '../../core/incidents/watched-rule.ts';
import { tiers } from '../../events/tier.ts';
import { operatorsSeverity } from './alert-labels.ts';
import { inhibitRules } from './inhibit-rules.ts';
import { Noted } from './noted.ts';
import { sayPromDuration } from './prom-duration.ts';
import { type Means, operatorsOf, operatorsReceiver, receiversOf } from './receivers.ts';

/** The channels and the reminder interval of a route. */
interface Delivery {
  channels: readonly string[];
  remindEvery: number | 'never';
}

/** The reminder interval of the tier routes, in seconds: the default `remindEvery` of a metric rule. */
const usualReminder = 3600;
/** Alertmanager always sends reminders, so `never` is one year. */
const never = 365 * 86_400;

/**
 * Makes an Alertmanager configuration that routes the alerts of the exported rules to the same channels as the router of
 * Tocsin. Rules with their own channels or reminders come first, then the tiers. Alerts that match no rule go to the
 * channels of tier high, as in Tocsin.
 */
export function alertmanagerConfig(document: MonitoringDocument, means: Means): Noted {
  const routes = [...ownRoutes(document), ...tierRoutes(document), operatorsRoute];
  const fallback = fallbackChannels(document);
  const used = [...new Set([...routes.flatMap(({ channels }) => channels), ...fallback])].filter(
    (name) => name !== operatorsReceiver,
  );
  const unused = Object.keys(document.channels).filter((name) => !used.includes(name));
  const inhibits = inhibitRules(document);
  return new Noted(headOf(document, unused), {
    global: new Noted(['The SMTP relay. If it needs a password, set smtp_auth_username and smtp_auth_password_file.'], {
      smtp_smarthost: means.smarthost,
    }),
    route: {
      receiver: fallback[0] ?? operatorsReceiver,
      group_by: ['deployment', 'stage', 'alarm'],
      group_wait: '0s',
      group_interval: '1m',
      repeat_interval: sayPromDuration(usualReminder * 1000),
      routes: [...routes.map(routeOf), ...catchAll(fallback)],
    },
    receivers: [...receiversOf(document, used, means), operatorsOf(document)],
    ...(inhibits.length > 0 ? { inhibit_rules: inhibits } : {}),
  });
}

interface Route extends Delivery {
  matchers: readonly string[];
}

/** One route for all rules with the same channels and reminders, if these differ from the route of the tier. */
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

/** Alarm names have letters, digits and `-_/.`; only the dot is special in a regular expression. */
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

/** The channels for alerts that match no rule. */
const fallbackChannels = ({ routes }: MonitoringDocument): readonly string[] =>
  routes.high.length > 0 ? routes.high : (tiers.map((tier) => routes[tier]).find(({ length }) => length > 0) ?? []);

/** One child route per channel. All but the last have `continue`, so that the next channel gets the alert too. */
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

const catchAll = (channels: readonly string[]) =>
  channels.length > 1 ? [new Noted(['Alerts that match no route above.'], { routes: children(channels) })] : [];

const headOf = ({ name, stage }: MonitoringDocument, unused: readonly string[]): string[] => [
  `Routes of ${name}/${stage}, generated by: tocsin rules export alertmanager. Do not edit this file; export it again.`,
  '',
  'Each secret is read from the given file. Reminders use repeat_interval: while the alert fires, one is sent at the next',
  'group_interval after the interval has passed. "never" is once a year, because Alertmanager always repeats.',
  ...(unused.length > 0 ? [`Not exported, because no rule and no tier uses them: ${unused.join(', ')}.`] : []),
];
