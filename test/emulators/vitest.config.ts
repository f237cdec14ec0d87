import { defineConfig } from 'vitest/config';

// Not part of `npm test`: this needs an emulator that runs, and minutes of real time.

/** The suites of the adapters, which play against dynalite in `npm test`, against the DynamoDB of an emulator. */
const contracts = ['execution-history', 'incidents', 'dynamodb-items', 'dynamodb-capacity']
  // MiniStack says half a unit for every query, whatever it read.
  .filter((name) => name !== 'dynamodb-capacity' || process.env['TOCSIN_EMULATOR'] !== 'ministack')
  .map((name) => `test/adapters/${name}.test.ts`);

export default defineConfig({
  // `tocsin` is the sources, as tsconfig.json says.
  resolve: { tsconfigPaths: true },
  test: {
    include: ['test/emulators/**/*.acceptance.ts', ...contracts],
    exclude: [
      // Has a run of its own: npm run test:dynamodb-local.
      'test/emulators/dynamodb-local/**',
      // What it starts from was synthesized for MiniStack.
      ...(process.env['TOCSIN_EMULATOR'] === 'ministack' ? [] : ['test/emulators/upgrade/**']),
    ],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    // All have one account, and one emulator to put to work.
    fileParallelism: false,
    // A line a step, as it ends, with its whole name: this is what CI shows of it.
    reporters: ['verbose'],
    chaiConfig: { truncateThreshold: 0 },
    // A step builds on the one before.
    bail: 1,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
