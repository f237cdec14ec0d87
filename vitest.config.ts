import { defineConfig } from 'vitest/config';

export default defineConfig({
  // `tocsin` is the sources, as tsconfig.json says.
  resolve: { tsconfigPaths: true },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/temporary.setup.ts',
    setupFiles: 'test/support/seed.setup.ts',
    env: { CDK_VALIDATION: 'false', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', TZ: 'UTC' },
    // Ten times what the slowest test takes on two idle cores: a timeout says that something hangs, never that it is slow.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores are the machine this is measured on; by itself vitest would leave one of them idle.
    maxWorkers: 2,
    // The test files share their modules: importing CDK and the SDK anew for each file would double the time.
    isolate: false,
    coverage: {
      include: [
        'core/**',
        'adapters/**',
        'functions/**',
        'events/**',
        'lib/**',
        'catalog/**',
        'tools/**',
        'laptop/**',
        'cli/**',
      ],
    },
  },
});
