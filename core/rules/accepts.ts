import * as z from 'zod';
import { renamedKey } from '../definition/renamed-key.ts';
import { type FormerLintCode, formerLintCodes, type LintCode, lintCodes } from './lint-codes.ts';

const reason = z.string().min(1, 'gives no reason').optional();

/** The lint findings that a rule accepts: the code of each, with the reason. A former code is refused with its new name. */
export const accepts = z.strictObject({
  ...(Object.fromEntries(lintCodes.map((code) => [code, reason])) as Record<LintCode, typeof reason>),
  ...(Object.fromEntries(Object.entries(formerLintCodes).map(([former, code]) => [former, renamedKey(code)])) as Record<
    FormerLintCode,
    ReturnType<typeof renamedKey>
  >),
});
