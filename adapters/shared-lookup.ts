import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';

type Lookup = (
  hostname: string,
  options: LookupOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[] | string, family?: number) => void,
) => void;

/**
 * Looks names up as the system does, one look-up of a name at a time: who asks while it is under way shares its answer.
 * Nothing is kept after it. The system's resolver keeps one of Node's few threads until it answers, and a name whose
 * server is gone would, asked again and again, keep all of them from the other names.
 * @param look how one name is looked up. @default the system's way
 */
export function sharedLookup(look: Lookup = lookup as Lookup): Lookup {
  const underWay = new Map<string, Parameters<Lookup>[2][]>();
  return (hostname, options, callback) => {
    const key = JSON.stringify([hostname, options.family, options.hints, options.all]);
    const waiting = underWay.get(key);
    if (waiting) {
      waiting.push(callback);
      return;
    }
    underWay.set(key, [callback]);
    look(hostname, options, (...answer) => {
      const all = underWay.get(key) ?? [];
      underWay.delete(key);
      for (const answered of all) answered(...answer);
    });
  };
}
