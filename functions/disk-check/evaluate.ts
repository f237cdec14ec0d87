import type { Observation, Room } from '../../core/checks/observe.ts';

const gigabyte = 1024 ** 3;

/** A reading of a volume as numbers, unless it cannot be true. */
export function evaluate({ freeBytes, totalBytes }: Room): Observation {
  const sane = Number.isFinite(totalBytes) && totalBytes > 0 && freeBytes >= 0 && freeBytes <= totalBytes;
  if (!sane) return failed('nonsense', `${freeBytes} of ${totalBytes} bytes free cannot be`);
  return {
    outcome: 'ok',
    measurements: { FreeGigabytes: freeBytes / gigabyte, FreePercent: (freeBytes / totalBytes) * 100 },
    details: { freeBytes, totalBytes },
  };
}

/** A volume that could not be read: nothing was measured. */
export const failed = (errorClass: string, message: string): Observation => ({
  outcome: 'failed',
  error: { class: errorClass, message },
  measurements: {},
  details: {},
});
