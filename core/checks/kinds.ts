import type { CheckKind } from './check-kind.ts';
import * as listed from './checks.ts';

type Listed = (typeof listed)[keyof typeof listed];

/** The kinds of checks that are listed, as a union. */
export type ListedCheckKind = Extract<Listed, { readonly isCheckKind: true }>;

/** Every check that Tocsin has, found in the list, so that it is not written down twice. */
export const checkKinds = Object.values(listed).filter(isCheckKind) as [ListedCheckKind, ...ListedCheckKind[]];

/** The kind of a check by its name. */
export function checkKindOf(name: string): CheckKind {
  const kind = checkKinds.find((candidate) => candidate.name === name);
  if (!kind) throw new Error(`no check is called ${name}; there are ${checkKinds.map((k) => k.name).join(', ')}`);
  return kind;
}

function isCheckKind(value: unknown): value is ListedCheckKind {
  return typeof value === 'object' && value !== null && 'isCheckKind' in value;
}
