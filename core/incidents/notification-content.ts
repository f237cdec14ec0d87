import type { Tier } from '../../events/tier.ts';
import type { MonitoringDocument } from '../definition/document.ts';
import { fillPlaceholders } from '../rules/placeholders.ts';
import type { Rule } from '../rules/rule.ts';
import { isWebPage } from '../rules/runbook.ts';
import type { Incident } from './incident.ts';
import type { WatchedRule } from './watched-rule.ts';

/** The content and the audience of an incident of a rule. Prepared before it is decided whether an incident opens. */
export interface NotificationContent {
  subject: Omit<Incident['subject'], 'incident' | 'openedAt' | 'cause'>;
  audience: Incident['audience'];
}

/**
 * The content of a rule's notifications.
 * @param words the values of its placeholders
 * @param numbers the newest value and the threshold, if they are useful to the reader
 */
export const contentOf = (
  document: MonitoringDocument,
  { rule, target, alarm }: WatchedRule,
  words: Record<string, string | undefined>,
  numbers: { value?: string | undefined; threshold?: string | undefined } = {},
): NotificationContent => ({
  subject: {
    tier: rule.tier,
    deployment: deploymentOf(document),
    target: { kind: target.kind, name: target.name },
    alarm,
    title: fillPlaceholders(rule.summary, words),
    description: fillPlaceholders(rule.description, words),
    ...numbers,
    actions: rule.actions.map((action) => fillPlaceholders(action, words)),
    runbook: runbookOf(document, rule),
  },
  audience: audienceOf(document, rule.tier, rule.channels),
});

/** The deployment as it is named in a notification. */
export const deploymentOf = ({ name, stage, timeZone }: MonitoringDocument): Incident['subject']['deployment'] => ({
  name,
  stage,
  timeZone,
});

/** The channels that are notified: those of the rule, else the route of its tier. */
export const audienceOf = (
  document: MonitoringDocument,
  tier: Tier,
  channels: readonly string[] | undefined,
): Incident['audience'] =>
  (channels ?? document.routes[tier]).map((channel) => ({
    channel,
    channelKind: document.channels[channel]?.channel ?? 'unknown',
  }));

/** The URL of the runbook: a URL is used unchanged, a bare name is a page under the document's `runbooks`. */
export function runbookOf(document: MonitoringDocument, { runbook }: Rule): string | undefined {
  if (typeof runbook !== 'string') return undefined;
  return isWebPage(runbook) ? runbook : `${document.runbooks.replace(/\/$/, '')}/${runbook}.md`;
}
