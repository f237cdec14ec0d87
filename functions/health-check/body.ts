import type { Observation } from '../../core/checks/observe.ts';
import { parseJson } from '../../core/parse-json.ts';

/** Takes secrets out of a text. */
export type Clean = (text: string) => string;

/** A body as JSON; undefined when it is none, or neither an object nor an array. */
export function jsonOf(text: string): object | undefined {
  const json = parseJson(text);
  return typeof json === 'object' && json !== null ? json : undefined;
}

/** The plain fields of the body, or its beginning when it is no JSON object; bounded, since it is kept for months. */
export function bodyDetails(text: string, json: object | undefined, clean: Clean): Observation['details'] {
  if (!json || Array.isArray(json)) return text === '' ? {} : { body: clean(text).slice(0, 200) };
  const plain = Object.entries(json).flatMap(([field, value]): [string, string | number | boolean | null][] => {
    // The store takes no empty name.
    const name = clean(field).slice(0, 100) || '(empty)';
    if (typeof value === 'string') return [[name, clean(value).slice(0, 200)]];
    if (typeof value === 'number')
      return [[name, clean(String(value)) === String(value) ? storable(value) : clean(String(value))]];
    return typeof value === 'boolean' || value === null ? [[name, value]] : [];
  });
  return { body: Object.fromEntries(plain.slice(0, 20)) };
}

/** JSON has numbers that the store has not: they are kept as text. */
const storable = (value: number): number | string =>
  value === 0 || (Math.abs(value) < 1e125 && Math.abs(value) > 1e-125) ? value : String(value);
