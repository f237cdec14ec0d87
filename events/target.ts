import * as z from 'zod';

/** The kinds of targets. They are part of alarm names and table keys, so they never change. */
export const targetKinds = ['service', 'batch', 'volume'] as const;

/** A monitored ML API, a batch job, or a disk or storage area. */
export type TargetKind = (typeof targetKinds)[number];

/** A service, a batch job or a volume, by kind and name. */
export const targetRef = z.strictObject({ kind: z.enum(targetKinds), name: z.string().min(1) });

export type TargetRef = z.output<typeof targetRef>;
