import { defineConfig } from 'vitest/config'

/**
 * `unit` needs nothing but Node; `integration` brings up PostgreSQL first and fails loudly if it cannot; `consumers`
 * builds and packs the package, and needs the registry for its lowest peers.
 */
export default defineConfig({
  test: {
    globals: true,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/**/*.int.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/**/*.int.test.ts'],
          exclude: ['test/consumers/**'],
          globalSetup: ['test/services/global.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'consumers',
          include: ['test/consumers/**/*.int.test.ts'],
          globalSetup: ['test/consumers/pack.ts'],
          testTimeout: 120_000,
        },
      },
    ],
  },
})
