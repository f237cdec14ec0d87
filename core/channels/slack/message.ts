import type { Notification } from '../../../events/notification.ts';
import type { Tier } from '../../../events/tier.ts';
import { cleanText, clip, oneLine } from '../../delivery/clean-text.ts';
import {
  asksForAction,
  type Fact,
  factsOf,
  headlineOf,
  paragraphsOf,
  sayMoment,
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

/** Text of a section does not turn what looks like a URL or a mention into one: `verbatim`. */
type Verbatim = Mrkdwn & { verbatim: true };

/** The blocks of Block Kit that Tocsin writes. */
export type SlackBlock =
  | { type: 'header'; text: PlainText }
  | { type: 'section'; text: Verbatim }
  | { type: 'section'; fields: Verbatim[] }
  | { type: 'context'; elements: Verbatim[] };

/** What is posted to an incoming webhook. `text` is what phones and screen readers show. */
export interface SlackMessage {
  text: string;
  blocks: SlackBlock[];
  attachments: [{ color: string; fallback: string; blocks: SlackBlock[] }];
}

/** Slack's limits in characters, with room to spare in all: a message near 13,200 in total is refused. */
const limits = {
  text: 500,
  header: 150,
  description: 1500,
  field: 200,
  actions: 2000,
  link: 500,
  footer: 200,
} as const;

const tierLooks = {
  critical: { emoji: '🔴', color: '#d92d20' },
  high: { emoji: '🟠', color: '#f79009' },
  medium: { emoji: '🟡', color: '#fdb022' },
  info: { emoji: '🔵', color: '#2e90fa' },
} as const satisfies Record<Tier, { emoji: string; color: string }>;

/** A notification as Slack shows it: a headline, and beside a bar in the colour of its tier what to know and to do. */
export function slackMessage(notification: Notification): SlackMessage {
  const { emoji, color } = lookOf(notification);
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
  const actions = asksForAction(notification) ? notification.actions : [];
  const runbook = asksForAction(notification) ? notification.runbook : undefined;
  return [
    ...(description ? [section(mrkdwn(description, limits.description))] : []),
    { type: 'section', fields: factsOf(notification).map((fact) => verbatim(sayFact(fact, notification))) },
    ...(actions.length > 0 ? [section(`*What to do*\n${mrkdwn(numbered(actions), limits.actions)}`)] : []),
    ...(runbook ? [section(`*Runbook* ${linkOf(runbook)}`)] : []),
    {
      type: 'context',
      elements: [verbatim(mrkdwn(`${signatureOf(notification)} · ${notification.incident}`, limits.footer))],
    },
  ];
}

function lookOf({ kind, tier }: Notification): { emoji: string; color: string } {
  if (kind === 'resolved') return { emoji: '✅', color: '#12b76a' };
  if (kind === 'closed') return { emoji: '⚪', color: '#98a2b3' };
  return tierLooks[tier];
}

const section = (text: string): SlackBlock => ({ type: 'section', text: verbatim(text) });
const verbatim = (text: string): Verbatim => ({ type: 'mrkdwn', text, verbatim: true });
const numbered = (actions: readonly string[]) => actions.map((action, i) => `${i + 1}. ${oneLine(action)}`).join('\n');

function sayFact(fact: Fact, { deployment }: Notification): string {
  const said = 'at' in fact ? slackDate(fact.at, deployment.timeZone) : mrkdwn(oneLine(fact.text), limits.field);
  return `*${fact.label}*\n${said || '–'}`;
}

/** Each reader's own local time; where that cannot be shown, the deployment's and UTC. */
const slackDate = (at: number, timeZone: string) =>
  `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time_secs}|${sayMoment(at, timeZone)}>`;

function linkOf(runbook: string): string {
  if (!/^https?:\/\//.test(runbook) || !URL.canParse(runbook)) return mrkdwn(oneLine(runbook), limits.link);
  // In a parsed URL only these three could still end the link or start an entity.
  const href = new URL(runbook).href.replace(/&/g, '&amp;').replace(/>/g, '%3E').replace(/\|/g, '%7C');
  return href.length > limits.link
    ? mrkdwn(runbook, limits.link)
    : `<${href}|${mrkdwn(lastPart(runbook), limits.field)}>`;
}

const lastPart = (url: string) => oneLine(url.replace(/\/$/, '').replace(/^.*\//, '')) || 'open';

/** Escapes what Slack would read as an entity, a link or a mention, and clips without cutting an entity in two. */
export function mrkdwn(text: string, limit: number): string {
  const escaped = cleanText(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    // A word joiner that nobody sees keeps it from calling everybody.
    .replace(/@(?=channel|here|everyone)/gi, '@\u2060');
  // Only an entity that was cut in two has no semicolon.
  return clip(escaped, limit).replace(/&[a-z]*…$/, '…');
}
