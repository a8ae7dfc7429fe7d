import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

// What ships is compiled once and names no function; tsx would add a call to each closure that a hot path makes.
const outdir = fileURLToPath(new URL('../../node_modules/.cache/secret-safe-bench', import.meta.url))
const source = (file: string) => fileURLToPath(new URL(file, import.meta.url))
await build({
  entryPoints: { run: source('run.ts'), 'audit-worker': source('../../src/audit/engine/thread-worker.ts') },
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
})
await import(pathToFileURL(path.join(outdir, 'run.mjs')).href)
