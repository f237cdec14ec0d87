import { clip, oneLine } from '../delivery/clean-text.ts';

/**
 * A field of a JSON value by its name in an expectation. Undefined if it is absent. A field with exactly this name comes
 * first. Otherwise a name that starts with `/` is a JSON Pointer (RFC 6901), and dots separate the names of a path.
 * Inherited properties are not fields.
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

/** Whether a name that starts with `/` is a valid JSON Pointer: `~` is only valid in `~0` and `~1`. */
export const isPointer = (name: string): boolean => !/~(?![01])/.test(name);

function own(json: unknown, name: string): unknown {
  if (Array.isArray(json)) return /^(0|[1-9]\d{0,8})$/.test(name) ? json[Number(name)] : undefined;
  return typeof json === 'object' && json !== null && Object.hasOwn(json, name)
    ? (json as Record<string, unknown>)[name]
    : undefined;
}

/**
 * A value of a JSON document as text for a message. The content of objects is omitted, because they can be nested deeper than
 * the call stack.
 * @param clean removes from a text what must not be repeated
 */
export function formatJson(value: unknown, clean: (text: string) => string = (text) => text): string {
  if (value === undefined) return 'absent';
  if (typeof value === 'string') return JSON.stringify(clip(oneLine(clean(value)), 80));
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : clean(String(value));
}
