import { defineConfig } from 'vitest/config';

// Not part of `npm test`: this needs an emulator that runs, and minutes of real time.
export default defineConfig({
  test: {
    include: ['test/emulators/**/*.acceptance.ts'],
    // Has a run of its own: npm run test:dynamodb-local.
    exclude: ['test/emulators/dynamodb-local/**'],
    reporters: ['verbose'],
    // A step builds on the one before.
    bail: 1,
    hookTimeout: 60_000,
  },
});
