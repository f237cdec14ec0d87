import { defineConfig } from 'vitest/config';

// `npm run test:dynamodb-local`: what speaks to DynamoDB, against AWS's own DynamoDB Local in place of dynalite. The same
// tests, so that what differs between the two shows. Not part of `npm test`, since it needs Java and Maven.
export default defineConfig({
  // `tocsin` is the sources, as tsconfig.json says.
  resolve: { tsconfigPaths: true },
  test: {
    include: [
      'test/adapters/{execution-history,incidents,dynamodb-*}.test.ts',
      'test/emulators/dynamodb-local/*.acceptance.ts',
    ],
    globalSetup: 'test/emulators/dynamodb-local/global-setup.ts',
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', TZ: 'UTC' },
    testTimeout: 120_000,
    hookTimeout: 60_000,
    isolate: false,
  },
});
