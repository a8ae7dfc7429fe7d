import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { ClaimVault, KeyRing } from '../../../src/index.js'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { blocksOf } from '../../repo/markdown.js'

/** Runs the first block with SQLite in it, in a folder of its own. @returns the files that it left. */
async function runBlock(file: string): Promise<readonly string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'secret-safe-docs-'))
  const [block] = blocksOf(file).filter(({ code }) => code.includes('/sqlite'))
  const body = block!.code
    .replaceAll(/^import .*\n/gm, '')
    .replaceAll(/(['`])(vault[^'`]*\.db)['`]/g, (_, quote, name) => `${quote}${folder}/${name}${quote}`)
  const names = { SqliteClaimStore, ClaimVault, KeyRing }
  const run = new Function(...Object.keys(names), `return (async () => { ${body} })()`)
  try {
    await run(...Object.values(names))
    return readdirSync(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

it('docs/stores.md opens a SQLite store in code that works', async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue()
  try {
    await runBlock('docs/stores.md')
    expect(log).toHaveBeenCalledWith([])
  } finally {
    log.mockRestore()
  }
})

it('docs/scale.md spreads tenants over vaults in code that works', async () => {
  vi.stubEnv('SECRET_SAFE_KEY', KeyRing.generate())
  vi.stubEnv('SECRET_SAFE_KEY_FILE', '')
  try {
    expect(await runBlock('docs/scale.md')).toContainEqual(expect.stringMatching(/^vault-\d\.db$/))
  } finally {
    vi.unstubAllEnvs()
  }
})
