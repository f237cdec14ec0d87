import type * as z from 'zod';

/**
 * The environment variables that a function's contract requires.
 * @throws with all problems at once. A missing variable means that the function was not deployed by its stack
 */
export function parseEnvironment<S extends z.ZodObject>(
  schema: S,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): z.output<S> {
  const parsed = schema.safeParse(variables);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    const value = variables[name];
    return value === undefined ? `${name} is not set` : `${name}=${JSON.stringify(value)}: ${message}`;
  });
  throw new Error(`the environment of this function is invalid; deploy its stack again: ${problems.join('; ')}`);
}
