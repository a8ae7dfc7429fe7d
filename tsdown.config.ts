import { defineConfig } from 'tsdown'

const common = {
  target: 'node20.19',
  outDir: 'dist',
  dts: true,
  fixedExtension: false,
  shims: true,
  // The build script empties `dist`: two builds share it.
  clean: false,
  report: false,
} as const

const library = {
  index: 'src/index.ts',
  agent: 'src/agent.ts',
  detect: 'src/detect-entry.ts',
  linear: 'src/linear.ts',
  sqlite: 'src/sqlite.ts',
  postgres: 'src/postgres.ts',
  redis: 'src/redis.ts',
}

/**
 * Each format is one build over all of its entries, so that they share their error classes. CJS too, as LangGraph ships
 * both: with ESM alone, a CJS application's `instanceof BaseCheckpointSaver` fails. The command is only run, and vitest
 * refuses to be required, so these two are ESM alone.
 */
export default defineConfig([
  {
    ...common,
    format: 'esm',
    entry: {
      ...library,
      testing: 'src/testing.ts',
      'cli/main': 'src/cli/main.ts',
      'cli/audit-worker': 'src/audit/engine/thread-worker.ts',
    },
  },
  { ...common, format: 'cjs', entry: library },
])
