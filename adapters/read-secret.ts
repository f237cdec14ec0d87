/** Reads the value of a secret by its name in one store. Undefined if it contains no text. */
export type ReadSecret = (name: string) => Promise<string | undefined>;
