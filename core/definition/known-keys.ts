import type * as z from 'zod';

/** The parts of a schema's definition that contain other schemas. */
interface Parts {
  shape?: Record<string, z.core.$ZodType>;
  options?: readonly z.core.$ZodType[];
  element?: z.core.$ZodType;
  innerType?: z.core.$ZodType;
  valueType?: z.core.$ZodType;
  in?: z.core.$ZodType;
}

/** Every key that the objects of a schema can have, at any depth. */
export function knownKeys(schema: z.core.$ZodType): string[] {
  const keys = new Set<string>();
  const seen = new Set<z.core.$ZodType>();
  const visit = (each: z.core.$ZodType | undefined): void => {
    if (!each || seen.has(each)) return;
    seen.add(each);
    const { shape, options, element, innerType, valueType, in: input } = each._zod.def as Parts;
    for (const [key, value] of Object.entries(shape ?? {})) {
      keys.add(key);
      visit(value);
    }
    for (const next of [...(options ?? []), element, innerType, valueType, input]) visit(next);
  };
  visit(schema);
  return [...keys];
}
