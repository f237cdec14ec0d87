import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    env: { CDK_VALIDATION: 'false', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', TZ: 'UTC' },
    testTimeout: 30_000,
    coverage: { include: ['core/**', 'adapters/**', 'functions/**', 'events/**', 'lib/**', 'local/**'] },
  },
});
