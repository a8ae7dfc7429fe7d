import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe } from 'vitest'
import { SqliteClaimStore } from '../../src/sqlite.js'
import { describeAccessLives } from './access-lives.js'

describe('on SQLite', () => {
  describeAccessLives(() => {
    const folder = mkdtempSync(path.join(tmpdir(), 'secret-safe-access-'))
    return {
      open: () => SqliteClaimStore.fromConnString(path.join(folder, 'vault.db')),
      dispose: () => rmSync(folder, { recursive: true, force: true }),
    }
  })
})
