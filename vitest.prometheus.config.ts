import { defineConfig } from 'vitest/config';

// `npm run test:prometheus`: what is exported for Prometheus and Alertmanager, judged by their own tools, promtool and
// amtool. Not part of `npm test`, since it needs them; without them it fails and says where they come from.
export default defineConfig({
  // `tocsin` is the sources, as tsconfig.json says.
  resolve: { tsconfigPaths: true },
  test: {
    include: ['test/prometheus/*.acceptance.ts'],
    globalSetup: 'test/prometheus/global-setup.ts',
    setupFiles: 'test/support/seed.setup.ts',
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', TZ: 'UTC' },
    testTimeout: 120_000,
    // What was compared is printed, a line a kind of rule.
    disableConsoleIntercept: true,
    isolate: false,
  },
});
