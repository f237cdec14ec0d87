import * as z from 'zod';

const text = (max: number) => z.string().min(1).max(max);
const plain = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(max), emoji: z.boolean().optional() });
const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: text(max), verbatim: z.boolean().optional() });
const anyText = (max: number) => z.discriminatedUnion('type', [plain(max), mrkdwn(max)]);
const blockId = z.string().max(255).optional();

/** The blocks that Tocsin's messages may use, with the limits that Slack documents for each. */
const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), text: plain(150), block_id: blockId }),
  z
    .strictObject({
      type: z.literal('section'),
      text: anyText(3000).optional(),
      fields: z.array(anyText(2000)).min(1).max(10).optional(),
      block_id: blockId,
    })
    .refine(({ text: body, fields }) => body !== undefined || fields !== undefined),
  z.strictObject({ type: z.literal('context'), elements: z.array(anyText(2000)).min(1).max(10), block_id: blockId }),
  z.strictObject({ type: z.literal('divider'), block_id: blockId }),
]);

const blocks = z.array(block).max(50);
const attachment = z.looseObject({
  color: z
    .string()
    .regex(/^(#[0-9a-f]{6}|good|warning|danger)$/i)
    .optional(),
  fallback: z.string().optional(),
  text: z.string().optional(),
  blocks: blocks.optional(),
});
const message = z.looseObject({
  text: z.string().max(40_000).optional(),
  blocks: blocks.optional(),
  attachments: z.array(attachment).max(100).optional(),
});

/** Near this number of characters in blocks Slack responds with `msg_blocks_too_long`; measured by others, not documented. */
const mostBlockCharacters = 13_200;

/** Slack's error code for a message that it would reject. Undefined if it would accept the message. */
export function slackProblem(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'invalid_payload';
  const parsed = message.safeParse(body);
  if (!parsed.success) {
    const inAttachments = parsed.error.issues.some((issue) => issue.path[0] === 'attachments');
    return inAttachments ? 'invalid_attachments' : 'invalid_blocks';
  }
  const { text: plainText, blocks: top = [], attachments = [] } = parsed.data;
  if (!plainText && top.length === 0 && attachments.length === 0) return 'no_text';
  const all = [...top, ...attachments.flatMap((one) => one.blocks ?? [])];
  if (all.length > 50) return 'invalid_blocks';
  return JSON.stringify(all).length > mostBlockCharacters ? 'msg_blocks_too_long' : undefined;
}
