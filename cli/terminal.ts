import pc from 'picocolors';
import PostalMime from 'postal-mime';
import type { Mail } from '../core/delivery/send.ts';
import { terminalLine, terminalOutput, terminalText } from '../core/terminal-text.ts';
import { type Line, sayLine } from './narrator.ts';

/** Where a command prints. Tests and the simulator's golden output replace it. */
export interface Terminal {
  print(text: string): void;
  warn(text: string): void;
}

/** The one way to a terminal: nothing that it would obey passes but Tocsin's own colours. */
export const terminal: Terminal = {
  print: (text) => console.log(terminalOutput(text, pc.isColorSupported)),
  warn: (text) => console.error(terminalOutput(text, pc.isColorSupported)),
};

/** A line of the story in the colour of its mood. */
export function paint(line: Line, timeZone: string): string {
  const text = sayLine(line, timeZone);
  if (line.mood === 'bad') return pc.red(text);
  return line.mood === 'good' ? pc.green(text) : text;
}

/** A text in a frame with a heading: how the demo shows a message. */
export function framed(heading: string, text: string): string {
  const lines = terminalText(text).trimEnd().split('\n');
  return [
    pc.dim(`  ┌─ ${terminalLine(heading)}`),
    ...lines.map((line) => `${pc.dim('  │')} ${line}`),
    pc.dim('  └─'),
  ].join('\n');
}

/** A mail as a reader of plain text sees it. */
export async function readableMail({ mime }: Mail): Promise<string> {
  const mail = await PostalMime.parse(mime);
  const to = mail.to?.map(({ address }) => address).join(', ');
  return [`From: ${mail.from?.address}`, `To: ${to}`, `Subject: ${mail.subject}`, '', mail.text ?? ''].join('\n');
}

interface Block {
  type: string;
  text?: { text: string };
  fields?: { text: string }[];
  elements?: { text?: string }[];
}

/** A Slack message as its channel shows it, without colours and pictures. */
export function readableSlack(message: Record<string, unknown>): string {
  const attachments = (message['attachments'] ?? []) as { blocks?: Block[] }[];
  const blocks = [
    ...((message['blocks'] ?? []) as Block[]),
    ...attachments.flatMap((attachment) => attachment.blocks ?? []),
  ];
  const texts = blocks.flatMap((block) => [
    block.text?.text,
    ...(block.fields ?? []).map((f) => f.text),
    ...(block.elements ?? []).map((e) => e.text),
  ]);
  const shown = texts.filter((text) => text !== undefined).map(plain);
  return shown.length > 0 ? shown.join('\n') : String(message['text'] ?? '');
}

/** Slack's markup as plain text: dates by their fallback, links by their label, entities as characters. */
const plain = (text: string): string =>
  text
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<([^|>]+)\|([^>]+)>/g, '$2 ($1)')
    .replace(/<([^>]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
