import * as z from 'zod';
import { priceNames } from './prices.ts';

const usd = z.number().min(0);
const count = z.number().min(0);

/** What nobody can read from a config: how much happens. Overridable, since a noisy system costs more. */
const assume = z.strictObject({
  /** Incidents that people are told of, a month. @default 30 */
  incidentsPerMonth: count.default(30),
  /** Runs that each batch job reports, a month. @default 31 */
  runsPerBatchJob: count.default(31),
  /** How long an invocation takes, in seconds. @default 0.3 */
  secondsPerInvocation: z.number().positive().default(0.3),
  /** What an invocation logs, in kilobytes. @default 1 */
  logKilobytesPerInvocation: count.default(1),
});

/** What a config says of money. */
export const costSettings = z.strictObject({
  /** In USD, at the prices without the free tier; a deployment that costs more fails synth. @default no budget */
  budgetPerMonth: z.number().positive().optional(),
  /** Prices that differ from the table, such as those of another Region, each for the quantity that the table names. */
  prices: z.partialRecord(z.enum(priceNames), usd).default({}),
  assume: assume.prefault({}),
});

export type CostSettings = z.output<typeof costSettings>;

/** What holds where a config says nothing. */
export const defaultCostSettings: CostSettings = costSettings.parse({});
