import { escape as escapeHtml } from 'html-escaper';
import type { Notification } from '../../../events/notification.ts';
import type { Tier } from '../../../events/tier.ts';
import { clip, oneLine } from '../../delivery/clean-text.ts';
import {
  factsOf,
  formatMoment,
  headlineOf,
  marksOf,
  paragraphsOf,
  requiresAction,
  signatureOf,
} from '../../delivery/wording.ts';

/** A mail: a subject, and the same content as text and as HTML. */
export interface EmailMessage {
  subject: string;
  text: string;
  html: string;
}

/** The content of both parts, as plain text. Each part only formats it. */
interface Content {
  title: string;
  facts: { label: string; value: string }[];
  paragraphs: string[];
  actions: string[];
  runbook: string | undefined;
  footer: string;
  color: string;
}

const limits = { subject: 200, title: 300, paragraph: 10_000, fact: 1000, action: 1000, actions: 50 } as const;
const tierColors: Record<Tier, string> = { critical: '#d92d20', high: '#dc6803', medium: '#b54708', info: '#1570ef' };

/** A notification as a mail. The subject starts with marks such as `[RESOLVED]`, then the tier, so that filters work. */
export function emailMessage(notification: Notification): EmailMessage {
  const content = contentOf(notification);
  return { subject: clip(headlineOf(notification), limits.subject), text: textOf(content), html: htmlOf(content) };
}

function contentOf(notification: Notification): Content {
  const { kind, at, deployment, title, actions, runbook } = notification;
  const facts = kind === 'news' ? factsOf(notification) : [{ label: 'Time', at }, ...factsOf(notification)];
  const kindMarks = marksOf(notification).slice(0, -1);
  const needsAction = requiresAction(notification);
  return {
    title: clip([...kindMarks.map((mark) => `[${mark}]`), oneLine(title)].join(' '), limits.title),
    facts: facts.map((fact) => ({
      label: fact.label,
      value: 'at' in fact ? formatMoment(fact.at, deployment.timeZone) : clip(oneLine(fact.text), limits.fact),
    })),
    paragraphs: paragraphsOf(notification).map((part) => clip(part, limits.paragraph)),
    actions: needsAction ? actions.slice(0, limits.actions).map((action) => clip(oneLine(action), limits.action)) : [],
    runbook: needsAction && runbook ? oneLine(runbook) : undefined,
    footer: `This is an automated alert from ${signatureOf(notification)} (${notification.incident}).`,
    color: kind === 'resolved' ? '#079455' : kind === 'closed' ? '#667085' : tierColors[notification.tier],
  };
}

const rule = '━'.repeat(40);

function textOf({ title, facts, paragraphs, actions, runbook, footer }: Content): string {
  const parts = [
    [title, '', ...facts.map(({ label, value }) => `${label}: ${value}`)],
    paragraphs,
    actions.length > 0 || runbook
      ? [
          ...(actions.length > 0 ? ['Action required:', ...actions.map((action, i) => `${i + 1}. ${action}`)] : []),
          ...(runbook ? [`Runbook: ${runbook}`] : []),
        ]
      : [],
    [footer],
  ].filter((part) => part.length > 0);
  return `${parts.map((part) => part.join('\n')).join(`\n\n${rule}\n\n`)}\n`;
}

const font =
  'font-family:-apple-system,Segoe UI,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5;color:#1d2939';

function htmlOf({ title, facts, paragraphs, actions, runbook, footer, color }: Content): string {
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><td style="padding:2px 16px 2px 0;color:#667085;vertical-align:top">${label}</td><td style="padding:2px 0">${escapeHtml(value)}</td></tr>`,
  );
  const steps = actions.map((action) => `<li style="margin:4px 0">${escapeHtml(action)}</li>`);
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>`,
    `<body style="margin:0;padding:16px;background:#f2f4f7;${font}">`,
    `<div style="max-width:600px;margin:0 auto;padding:20px 24px;background:#ffffff;border-left:6px solid ${color}">`,
    `<h1 style="margin:0 0 12px;font-size:20px;line-height:1.3">${escapeHtml(title)}</h1>`,
    `<table role="presentation" style="border-collapse:collapse;${font}">${rows.join('')}</table>`,
    ...paragraphs.map((part) => `<p style="margin:16px 0 0;white-space:pre-line">${escapeHtml(part)}</p>`),
    ...(steps.length > 0
      ? [
          `<p style="margin:16px 0 0"><strong>Action required</strong></p><ol style="margin:4px 0 0;padding-left:24px">${steps.join('')}</ol>`,
        ]
      : []),
    ...(runbook ? [`<p style="margin:16px 0 0"><strong>Runbook</strong> ${linkOf(runbook)}</p>`] : []),
    `<p style="margin:24px 0 0;font-size:13px;color:#667085">${escapeHtml(footer)}</p>`,
    '</div></body></html>',
    '',
  ].join('\n');
}

function linkOf(runbook: string): string {
  const isLink = /^https?:\/\//.test(runbook) && URL.canParse(runbook);
  return isLink ? `<a href="${escapeHtml(new URL(runbook).href)}">${escapeHtml(runbook)}</a>` : escapeHtml(runbook);
}
