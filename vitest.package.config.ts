import { defineConfig } from 'vitest/config';

// `npm run test:package`: the package as it is published, installed into fresh folders from its tarball and a registry, and
// used there as users would. Not part of `npm test`, since it installs CDK anew.
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ['test/package/*.acceptance.ts'],
    env: { CDK_VALIDATION: 'false', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', TZ: 'UTC' },
    reporters: ['verbose'],
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
});
