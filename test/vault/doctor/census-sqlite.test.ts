import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { describe, expect, it } from 'vitest'
import { openCheckpoints } from '../../../src/vault/doctor/checkpoints/source.js'
import { censusTests } from './census.js'

describe('doctor --checkpoints on SQLite', () => {
  censusTests(async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-census-'))
    const file = path.join(directory, 'checkpoints.db')
    const inner = SqliteSaver.fromConnString(file)
    return {
      inner,
      open: () => openCheckpoints(file, undefined),
      close: async () => {
        inner.db.close()
        rmSync(directory, { recursive: true })
      },
    }
  })

  it.each(['mysql://h/db', 'nowhere.db', 'package.json'])('refuses %s, and quotes no address', async (address) => {
    const opening = openCheckpoints(address, undefined)
    await expect(opening).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_(CONFIG_INVALID|VAULT_SCHEMA)$/) })
  })
})
