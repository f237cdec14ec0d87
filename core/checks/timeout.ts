/** How long a look waits when its settings do not say, in seconds. */
const usualSeconds = 5;

/** How long one look of a check waits for its target, in seconds: never longer than until the next look. */
export const timeoutOf = (settings: { every: number; timeout?: number | undefined }): number =>
  settings.timeout ?? Math.min(usualSeconds, settings.every);
