import * as z from 'zod';

/** The tiers of rules, the most urgent first. Decides which channels hear of an incident. */
export const tiers = ['critical', 'high', 'medium', 'info'] as const;

/** How urgent a rule is: critical wakes people, high within the hour, medium within the day, info is news. */
export type Tier = (typeof tiers)[number];

export const tier = z.enum(tiers);
