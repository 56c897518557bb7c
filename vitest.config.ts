import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/order.ts';

export default defineConfig({
  test: {
    // Twice as long as anything waits within a test, so that a failure says what was waited for.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          // Loading the product anew for each file costs a third of the run; no module keeps anything that matters to another file.
          isolate: false,
          include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
          globalSetup: ['test/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'web-pure',
          include: ['web/src/**/*.test.ts'],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'web',
          include: ['web/src/**/*.test.tsx'],
          environment: 'happy-dom',
          // Half of the work was React, the router and the window made anew for each file; `set-up.ts` tidies up between them.
          isolate: false,
          setupFiles: ['web/test/set-up.ts'],
        },
      },
    ],
  },
});
