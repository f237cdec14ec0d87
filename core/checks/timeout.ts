/** The default timeout, in seconds. */
const defaultSeconds = 5;

/** The timeout of one observation, in seconds: at most the interval of the check. */
export const timeoutOf = (settings: { every: number; timeout?: number | undefined }): number =>
  settings.timeout ?? Math.min(defaultSeconds, settings.every);
