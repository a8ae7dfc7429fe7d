import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

// What ships is compiled once and names no function; tsx would add a call to each closure that a hot path makes.
const outfile = fileURLToPath(new URL('../../node_modules/.cache/secret-safe-bench/run.mjs', import.meta.url))
await build({
  entryPoints: [fileURLToPath(new URL('run.ts', import.meta.url))],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
})
await import(pathToFileURL(outfile).href)
