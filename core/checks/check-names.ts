/**
 * The names of all kinds of checks. They are separate from the kinds in `checks.ts`, so that a function that only reads runs
 * by the names of their checks does not contain the schemas of the settings.
 */
export const checkNames = ['batch', 'disk', 'health'] as const;
