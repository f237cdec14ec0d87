import type { Observation, Room } from '../../core/checks/observe.ts';

const gigabyte = 1024 ** 3;

/** The measurements of a volume, or a failure if the values are invalid. */
export function evaluate({ freeBytes, totalBytes }: Room): Observation {
  const sane = Number.isFinite(totalBytes) && totalBytes > 0 && freeBytes >= 0 && freeBytes <= totalBytes;
  if (!sane) return failed('nonsense', `invalid values: ${freeBytes} of ${totalBytes} bytes free`);
  return {
    outcome: 'ok',
    measurements: { FreeGigabytes: freeBytes / gigabyte, FreePercent: (freeBytes / totalBytes) * 100 },
    details: { freeBytes, totalBytes },
  };
}

/** A volume that could not be read. It has no measurements. */
export const failed = (errorClass: string, message: string): Observation => ({
  outcome: 'failed',
  error: { class: errorClass, message },
  measurements: {},
  details: {},
});
