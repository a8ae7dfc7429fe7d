import { readFileSync, writeFileSync } from 'node:fs'
import { cliPage } from './generate-cli.js'
import { errorsPage } from './generate-errors.js'
import { kernelModule } from './generate-kernel.js'
import { generateRules } from './generate-rules.js'
import { schemaManifest } from './generate-schema.js'

/** Pages that follow from the code: `npm run generate` writes them, `-- --check` fails when one is out of date. */
const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/cli.md': cliPage,
  'docs/errors.md': errorsPage,
  'docs/rules.md': generateRules,
  'src/detect/kernel/wasm.ts': kernelModule,
  'src/vault/stores/schema-manifest.ts': schemaManifest,
}

const check = process.argv.includes('--check')
for (const [name, render] of Object.entries(PAGES)) {
  const file = new URL(`../${name}`, import.meta.url)
  const page = await render()
  if (page === read(file)) continue
  if (check) {
    process.exitCode = 1
    process.stderr.write(`${name} is out of date. Run: npm run generate\n`)
  } else {
    writeFileSync(file, page)
    process.stdout.write(`wrote ${name}\n`)
  }
}

function read(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
