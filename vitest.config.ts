import { defineConfig } from 'vitest/config'

/** These start processes, measure time or run whole suites; `npm run check` leaves them to `npm test`, to stay under a minute. */
const SLOW = [
  'test/access/identity/interleaved.test.ts',
  // They load LangChain, each file anew.
  'test/agent/**/*.test.ts',
  'test/audit/reports/html-browser.test.ts',
  'test/audit/check/{large,hooks}.test.ts',
  'test/audit/{workers,command,streams}.test.ts',
  'test/audit/fix/{crash,leak}.test.ts',
  'test/bench/**/*.test.ts',
  'test/cli/**/*.test.ts',
  'test/detect/{fuzz,linear-time,scoring}.test.ts',
  'test/examples/**/*.test.ts',
  'test/contract/**/*.test.ts',
  'test/ledger/{crash,tampering}.test.ts',
  'test/leak/{agent,bare,crash,kept-memory,kept-vault-down,vault-down,wrapped-memory,wrapped-sqlite}.test.ts',
  'test/repo/readme.test.ts',
  'test/scripts/**/*.test.ts',
  'test/seal/keys/contract.test.ts',
  'test/vault/keys/{rotation-scale,rotation-kill}.test.ts',
  'test/vault/stores/sqlite-processes.test.ts',
  'test/vault/survival/**/*.test.ts',
]

/**
 * `unit` and `slow` need nothing but Node; `integration` brings up PostgreSQL first and fails loudly if it cannot;
 * `consumers` builds and packs the package, and needs the registry for its lowest peers.
 */
export default defineConfig({
  test: {
    globals: true,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/**/*.int.test.ts', ...SLOW] },
      },
      {
        extends: true,
        test: { name: 'slow', include: SLOW, exclude: ['test/**/*.int.test.ts'], testTimeout: 120_000 },
      },
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
