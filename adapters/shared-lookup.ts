import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';

type Lookup = (
  hostname: string,
  options: LookupOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[] | string, family?: number) => void,
) => void;

/**
 * Resolves names with the system's resolver, with one lookup per name at a time: requests during a lookup share its result.
 * Results are not cached. The system's resolver blocks one of Node's few threads until it returns, so that repeated
 * lookups of a name whose server does not respond would block all other names.
 * @param resolve resolves one name. @default the system's resolver
 */
export function sharedLookup(resolve: Lookup = lookup as Lookup): Lookup {
  const inProgress = new Map<string, Parameters<Lookup>[2][]>();
  return (hostname, options, callback) => {
    const key = JSON.stringify([hostname, options.family, options.hints, options.all]);
    const waiting = inProgress.get(key);
    if (waiting) {
      waiting.push(callback);
      return;
    }
    inProgress.set(key, [callback]);
    resolve(hostname, options, (...answer) => {
      const all = inProgress.get(key) ?? [];
      inProgress.delete(key);
      for (const done of all) done(...answer);
    });
  };
}
