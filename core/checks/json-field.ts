import { clip, oneLine } from '../delivery/clean-text.ts';

/**
 * A field of a JSON value by the name that an expectation gives it; undefined when it is absent. A field of that very
 * name comes first; then a name with a `/` in front is a JSON Pointer (RFC 6901), and dots separate the names on a path.
 * Only what the document itself holds is a field.
 */
export function jsonField(json: unknown, name: string): unknown {
  const literal = own(json, name);
  if (literal !== undefined || name === '') return name === '' ? json : literal;
  const path = name.startsWith('/')
    ? name
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    : name.split('.');
  return path.length === 1 && !name.startsWith('/') ? undefined : path.reduce(own, json);
}

/** Whether a name that begins as a JSON Pointer is one: `~` stands only in `~0` and `~1`. */
export const isPointer = (name: string): boolean => !/~(?![01])/.test(name);

function own(json: unknown, name: string): unknown {
  if (Array.isArray(json)) return /^(0|[1-9]\d{0,8})$/.test(name) ? json[Number(name)] : undefined;
  return typeof json === 'object' && json !== null && Object.hasOwn(json, name)
    ? (json as Record<string, unknown>)[name]
    : undefined;
}

/**
 * A value of a JSON document in a message. Objects are not written out: they may be nested deeper than a call stack.
 * @param clean takes out of a text what must not be repeated
 */
export function sayJson(value: unknown, clean: (text: string) => string = (text) => text): string {
  if (value === undefined) return 'absent';
  if (typeof value === 'string') return JSON.stringify(clip(oneLine(clean(value)), 80));
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : clean(String(value));
}
