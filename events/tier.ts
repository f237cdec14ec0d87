import * as z from 'zod';

/** The tiers of rules, the most urgent first. The tier decides which channels are notified. */
export const tiers = ['critical', 'high', 'medium', 'info'] as const;

/** The urgency of a rule: critical requires immediate action, high within the hour, medium within the day, info none. */
export type Tier = (typeof tiers)[number];

export const tier = z.enum(tiers);
