#!/usr/bin/env node
// Runs the command line from its TypeScript sources, so that there is no build step between an edit and a run.
import { register } from 'tsx/esm/api';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
register();
await import('./tocsin.ts');
