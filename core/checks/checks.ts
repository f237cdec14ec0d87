import { batchCheck } from './batch.ts';
import type { CheckKind } from './check-kind.ts';
import type { checkNames } from './check-names.ts';
import { diskCheck } from './disk.ts';
import { healthCheck } from './health.ts';

/** Every kind of check. A new one is a line here, its name in `check-names.ts`, and a line in `index.ts` for its helper. */
export const checkKinds = [batchCheck, diskCheck, healthCheck] as const satisfies readonly CheckKind<
  (typeof checkNames)[number]
>[];

/** The kind of a check by its name. */
export function checkKindOf(name: string): CheckKind {
  const kind = checkKinds.find((candidate) => candidate.name === name);
  if (!kind) throw new Error(`${name} is not a check; use one of: ${checkKinds.map((k) => k.name).join(', ')}`);
  return kind;
}
