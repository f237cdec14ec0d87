import type { Observation } from '../../core/checks/observe.ts';
import { parseJson } from '../../core/parse-json.ts';

/** Removes secrets from a text. */
export type Clean = (text: string) => string;

/** A body as JSON. Undefined if it is not JSON, or neither an object nor an array. */
export function jsonOf(text: string): object | undefined {
  const json = parseJson(text);
  return typeof json === 'object' && json !== null ? json : undefined;
}

/** The scalar fields of the body, or its beginning if it is not a JSON object. Bounded, because it is stored for months. */
export function bodyDetails(text: string, json: object | undefined, clean: Clean): Observation['details'] {
  if (!json || Array.isArray(json)) return text === '' ? {} : { body: clean(text).slice(0, 200) };
  const plain = Object.entries(json).flatMap(([field, value]): [string, string | number | boolean | null][] => {
    // DynamoDB does not allow empty attribute names.
    const name = clean(field).slice(0, 100) || '(empty)';
    if (typeof value === 'string') return [[name, clean(value).slice(0, 200)]];
    if (typeof value === 'number')
      return [[name, clean(String(value)) === String(value) ? storable(value) : clean(String(value))]];
    return typeof value === 'boolean' || value === null ? [[name, value]] : [];
  });
  return { body: Object.fromEntries(plain.slice(0, 20)) };
}

/** JSON allows numbers that DynamoDB does not support: they are stored as text. */
const storable = (value: number): number | string =>
  value === 0 || (Math.abs(value) < 1e125 && Math.abs(value) > 1e-125) ? value : String(value);
