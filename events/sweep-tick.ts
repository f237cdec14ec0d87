import * as z from 'zod';

/**
 * What starts a sweep. The schedule sends an empty one; a person, or a test, may ask for more:
 * `aws lambda invoke --function-name … --payload '{"compare":true}'`.
 */
export const sweepTick = z.object({
  /** Compares every open incident with its alarm now. @default in the minutes that five divides */
  compare: z.boolean().optional(),
});

export type SweepTick = z.output<typeof sweepTick>;
