/** Lets timers and I/O run during long computations, so that the progress is displayed. */
export const yieldToEventLoop = (): Promise<void> => new Promise((done) => setImmediate(done));
