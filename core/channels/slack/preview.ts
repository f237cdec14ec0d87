interface Block {
  type: string;
  text?: { text: string };
  fields?: { text: string }[];
  elements?: { text?: string }[];
}

/** A Slack message as plain text, without colors and images. */
export function slackPreview(posted: unknown): string {
  const message = posted as Record<string, unknown>;
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

/** Slack's markup as plain text: dates as their fallback, links as label and URL, entities as characters. */
const plain = (text: string): string =>
  text
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<([^|>]+)\|([^>]+)>/g, '$2 ($1)')
    .replace(/<([^>]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
