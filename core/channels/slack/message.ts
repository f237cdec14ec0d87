import type { Notification } from '../../../events/notification.ts';
import type { Tier } from '../../../events/tier.ts';
import { cleanText, clip, oneLine } from '../../delivery/clean-text.ts';
import {
  type Fact,
  factsOf,
  formatMoment,
  headlineOf,
  paragraphsOf,
  requiresAction,
  signatureOf,
} from '../../delivery/wording.ts';

interface PlainText {
  type: 'plain_text';
  text: string;
  emoji: false;
}

interface Mrkdwn {
  type: 'mrkdwn';
  text: string;
}

/** Slack does not convert URLs and mentions in the text of a section into links: `verbatim`. */
type Verbatim = Mrkdwn & { verbatim: true };

/** The blocks of Block Kit that Tocsin writes. */
export type SlackBlock =
  | { type: 'header'; text: PlainText }
  | { type: 'section'; text: Verbatim }
  | { type: 'section'; fields: Verbatim[] }
  | { type: 'context'; elements: Verbatim[] };

/** The message that is posted to an incoming webhook. Phones and screen readers show `text`. */
export interface SlackMessage {
  text: string;
  blocks: SlackBlock[];
  attachments: [{ color: string; fallback: string; blocks: SlackBlock[] }];
}

/** Slack's limits in characters. The sum is well below about 13,200, at which Slack rejects a message. */
const limits = {
  text: 500,
  header: 150,
  description: 1500,
  field: 200,
  actions: 2000,
  link: 500,
  footer: 200,
} as const;

const tierStyles = {
  critical: { emoji: '🔴', color: '#d92d20' },
  high: { emoji: '🟠', color: '#f79009' },
  medium: { emoji: '🟡', color: '#fdb022' },
  info: { emoji: '🔵', color: '#2e90fa' },
} as const satisfies Record<Tier, { emoji: string; color: string }>;

/** A notification as a Slack message: a headline, and an attachment in the color of its tier with details and actions. */
export function slackMessage(notification: Notification): SlackMessage {
  const { emoji, color } = styleOf(notification);
  const headline = `${emoji} ${headlineOf(notification)}`;
  const fallback = mrkdwn(`${headline}: ${oneLine(paragraphsOf(notification).join(' '))}`, limits.text);
  return {
    text: fallback,
    blocks: [{ type: 'header', text: { type: 'plain_text', text: clip(headline, limits.header), emoji: false } }],
    attachments: [{ color, fallback, blocks: bodyOf(notification) }],
  };
}

function bodyOf(notification: Notification): SlackBlock[] {
  const description = paragraphsOf(notification).join('\n');
  const actions = requiresAction(notification) ? notification.actions : [];
  const runbook = requiresAction(notification) ? notification.runbook : undefined;
  return [
    ...(description ? [section(mrkdwn(description, limits.description))] : []),
    { type: 'section', fields: factsOf(notification).map((fact) => verbatim(formatFact(fact, notification))) },
    ...(actions.length > 0 ? [section(`*Action required*\n${mrkdwn(numbered(actions), limits.actions)}`)] : []),
    ...(runbook ? [section(`*Runbook* ${linkOf(runbook)}`)] : []),
    {
      type: 'context',
      elements: [verbatim(mrkdwn(`${signatureOf(notification)} · ${notification.incident}`, limits.footer))],
    },
  ];
}

function styleOf({ kind, tier }: Notification): { emoji: string; color: string } {
  if (kind === 'resolved') return { emoji: '✅', color: '#12b76a' };
  if (kind === 'closed') return { emoji: '⚪', color: '#98a2b3' };
  return tierStyles[tier];
}

const section = (text: string): SlackBlock => ({ type: 'section', text: verbatim(text) });
const verbatim = (text: string): Verbatim => ({ type: 'mrkdwn', text, verbatim: true });
const numbered = (actions: readonly string[]) => actions.map((action, i) => `${i + 1}. ${oneLine(action)}`).join('\n');

function formatFact(fact: Fact, { deployment }: Notification): string {
  const value = 'at' in fact ? slackDate(fact.at, deployment.timeZone) : mrkdwn(oneLine(fact.text), limits.field);
  return `*${fact.label}*\n${value || '–'}`;
}

/** The local time of each reader. Clients that cannot show it show the time of the deployment and UTC. */
const slackDate = (at: number, timeZone: string) =>
  `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time_secs}|${formatMoment(at, timeZone)}>`;

function linkOf(runbook: string): string {
  if (!/^https?:\/\//.test(runbook) || !URL.canParse(runbook)) return mrkdwn(oneLine(runbook), limits.link);
  // In a parsed URL only these three characters could end the link or start an entity.
  const href = new URL(runbook).href.replace(/&/g, '&amp;').replace(/>/g, '%3E').replace(/\|/g, '%7C');
  return href.length > limits.link
    ? mrkdwn(runbook, limits.link)
    : `<${href}|${mrkdwn(lastPart(runbook), limits.field)}>`;
}

const lastPart = (url: string) => oneLine(url.replace(/\/$/, '').replace(/^.*\//, '')) || 'open';

/** Escapes text that Slack would parse as an entity, a link or a mention, and truncates it without splitting an entity. */
export function mrkdwn(text: string, limit: number): string {
  const escaped = cleanText(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    // An invisible word joiner prevents a mention of everyone in the channel.
    .replace(/@(?=channel|here|everyone)/gi, '@\u2060');
  // Only an entity that was split has no semicolon.
  return clip(escaped, limit).replace(/&[a-z]*…$/, '…');
}
