import type { EmailSettings } from './settings.ts';

/** What SES charges for mail, one for each recipient. A channel with its own relay is not included. */
export const emailBilled = {
  item: 'mails by SES',
  prices: {
    mail: { usd: 0.1, per: 1000, unit: 'mail', source: 'AWS pricing pages, not read again on that day' },
  },
  uses: (channels: readonly EmailSettings[], messages: number) => ({
    mail: messages * new Set(channels.filter(({ smtp }) => !smtp).flatMap(({ to }) => to)).size,
  }),
} as const;
