import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { blocksOf } from '../../repo/markdown.js'

it('docs/stores.md opens a SQLite store in code that works', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'secret-safe-docs-'))
  const [block] = blocksOf('docs/stores.md').filter(({ code }) => code.includes('/sqlite'))
  const body = block!.code
    .replace(/^import .*\n/, '')
    .replace("'vault.db'", JSON.stringify(path.join(folder, 'vault.db')))
  const log = vi.spyOn(console, 'log').mockReturnValue()
  try {
    await new Function('SqliteClaimStore', `return (async () => { ${body} })()`)(SqliteClaimStore)
    expect(log).toHaveBeenCalledWith([])
  } finally {
    log.mockRestore()
    rmSync(folder, { recursive: true })
  }
})
