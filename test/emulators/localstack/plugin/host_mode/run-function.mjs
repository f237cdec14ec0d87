// Runs one Lambda function for executor.py: a line of JSON on stdin for each event, a line on the pipe argv[2] for each answer.

import { existsSync, writeSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const pipe = Number(process.argv[2]);

const answer = (message) => {
  let rest = Buffer.from(`${JSON.stringify(message)}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(pipe, rest));
    } catch (error) {
      // The pipe is full: its reader is at work.
      if (error.code !== 'EAGAIN') throw error;
    }
  }
};

const failed = (error) => {
  console.error(error);
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  answer({ type: 'error', error: { errorType: name, errorMessage: message, trace: String(stack).split('\n') } });
};

/** `index.handler`: the export `handler` of index.mjs, index.js or index.cjs. */
async function load() {
  const place = process.env._HANDLER ?? '';
  const [file, name] = basename(place).split('.');
  const base = resolve(process.env.LAMBDA_TASK_ROOT, dirname(place), file);
  const found = ['.mjs', '.js', '.cjs'].map((ending) => base + ending).find(existsSync);
  if (!found) throw new Error(`Runtime.ImportModuleError: there is no module ${base}`);
  const { [name]: handler } = await import(pathToFileURL(found).href);
  if (typeof handler !== 'function') throw new Error(`Runtime.HandlerNotFound: ${place} is no function`);
  return handler;
}

let handler;
try {
  handler = await load();
} catch (error) {
  failed(error);
  process.exit(1);
}
answer({ type: 'ready' });

for await (const line of createInterface({ input: process.stdin })) {
  const { requestId, arn, deadline, event } = JSON.parse(line);
  const context = {
    awsRequestId: requestId,
    invokedFunctionArn: arn,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    answer({ type: 'result', body: JSON.stringify(await handler(JSON.parse(event), context)) ?? 'null' });
  } catch (error) {
    failed(error);
  }
}
process.exit(0);
