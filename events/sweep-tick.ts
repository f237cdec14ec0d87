import * as z from 'zod';

/**
 * The input of the sweep. The schedule sends an empty one. A person or a test can request a comparison:
 * `aws lambda invoke --function-name … --payload '{"compare":true}'`.
 */
export const sweepTick = z.object({
  /** Whether to compare every open incident with its alarm now. @default every five minutes */
  compare: z.boolean().optional(),
});

export type SweepTick = z.output<typeof sweepTick>;
