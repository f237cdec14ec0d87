import * as z from 'zod';
import { priceNames } from './prices.ts';

const usd = z.number().min(0);
const count = z.number().min(0);

/** The assumed volume, which a config does not contain. A noisy system costs more. */
const assume = z.strictObject({
  /** Incidents with notifications per month. @default 30 */
  incidentsPerMonth: count.default(30),
  /** Runs that each batch job reports per month. @default 31 */
  runsPerBatchJob: count.default(31),
  /** Average duration of an invocation, in seconds. @default 0.3 */
  secondsPerInvocation: z.number().positive().default(0.3),
  /** Log volume per invocation, in kilobytes. @default 1 */
  logKilobytesPerInvocation: count.default(1),
});

/** The cost settings of a config. */
export const costSettings = z.strictObject({
  /** In USD, without the free tier. A deployment that costs more fails at synth. @default no budget */
  budgetPerMonth: z.number().positive().optional(),
  /** Prices that differ from the table, such as those of another Region. Each is for the quantity in the table. */
  prices: z.partialRecord(z.enum(priceNames), usd).default({}),
  /** The assumed volume, from which the bill is computed. */
  assume: assume.prefault({}),
});

export type CostSettings = z.output<typeof costSettings>;

/** The settings of a config without a `cost` section. */
export const defaultCostSettings: CostSettings = costSettings.parse({});
