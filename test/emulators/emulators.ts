import type { Emulator } from './emulator.ts';
import { localstack } from './localstack.ts';
import { ministack } from './ministack.ts';

/** Every emulator, by its name. */
export const emulators: Readonly<Record<string, Emulator>> = { localstack, ministack };
