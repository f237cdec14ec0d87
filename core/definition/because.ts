import * as z from 'zod';

/** The reason why the config omits something on purpose. */
export interface Because {
  because: string;
}

/**
 * Replaces a required part of the config with the reason for its absence.
 * @example rules: because('monitored by team search')
 */
export const because = (reason: string): Because => ({ because: reason });

export const becauseSchema = z.strictObject({ because: z.string().min(1, 'has no reason; state why') });
