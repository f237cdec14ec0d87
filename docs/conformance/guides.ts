import type { Guide } from './guide.ts';
import { mlops } from './mlops.ts';
import { platform } from './platform.ts';
import { scenarios } from './scenarios.ts';
import { tiered } from './tiered.ts';
import { triggers } from './triggers.ts';

/** The five guides. docs/conformance.md is generated from them. A test checks that each row has a tested rule. */
export const guides: readonly Guide[] = [scenarios, triggers, tiered, mlops, platform];
