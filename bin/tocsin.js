#!/usr/bin/env node
import { existsSync } from 'node:fs';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
if (existsSync(new URL('./tocsin.ts', import.meta.url))) {
  // A clone runs from its sources, so that there is no build step between an edit and a run.
  const { register } = await import('tsx/esm/api');
  register();
  await import('./tocsin.ts');
} else {
  await import('../dist/bin/tocsin.js');
}
