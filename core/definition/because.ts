import * as z from 'zod';

/** Silence, written down: the config says why something is left out on purpose. */
export interface Because {
  because: string;
}

/** Stands where the config must say something and says why it does not: `rules: because('watched by team search')`. */
export const because = (reason: string): Because => ({ because: reason });

export const becauseSchema = z.strictObject({ because: z.string().min(1, 'gives no reason') });
