/** Lets timers and I/O run between two pieces of work that hold the only thread: a terminal shows how far it is. */
export const yieldToEventLoop = (): Promise<void> => new Promise((done) => setImmediate(done));
