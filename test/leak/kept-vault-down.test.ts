import { beforeAll, describe, expect, it, vi } from 'vitest'
import { VaultUnavailableError } from '../../src/errors.js'
import { secret } from '../../src/index.js'
import { DURABILITIES } from '../../src/testing/leak/path.js'
import { keptPaths } from '../../src/testing/leak/paths/index.js'
import { embeddingPaths } from '../../src/testing/leak/paths/stores.js'
import { type LeakReport, rowName, runLeakSuite } from '../../src/testing/leak/suite.js'
import { MemoryClaimStore } from '../../src/vault/stores/memory.js'
import { memoryKept, protectKept } from '../support/kept-targets.js'

class DownStore extends MemoryClaimStore {
  override async commit(): Promise<never> {
    throw new VaultUnavailableError('The claim store is down.')
  }
}

const paths = [...keptPaths, ...embeddingPaths]
/** They need nothing of the vault. */
const GO_ON = new Set(['store: embedded query', 'cache: key'])

describe('a store and a cache over a vault that stores nothing', () => {
  let report: LeakReport
  beforeAll(async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    const vault = async () => ({ store: new DownStore(), dump: async () => [], close: async () => {} })
    report = await runLeakSuite({ name: 'vault down', saver: protectKept(memoryKept, vault), mark: secret, paths })
    warn.mockRestore()
  })

  describe.each(DURABILITIES)('durability %s', (durability) => {
    it.each(paths.map((path) => [path.name, path] as const))('let no secret through: %s', (name, path) => {
      const row = report.rows.find((each) => rowName(each.path, each.durability) === rowName(path, durability))!
      expect(row.sightings).toEqual([])
      // A cache is allowed to be empty: the node ran twice, and nobody saw an error.
      if (name.startsWith('cache: ')) expect(row.outcome).not.toContain('ERR_VAULT_UNAVAILABLE')
      else if (!path.refused && !GO_ON.has(name)) expect(row.outcome).toContain('ERR_VAULT_UNAVAILABLE')
      if (name.startsWith('cache: ') && !GO_ON.has(name)) expect(row.outcome).toContain('"times": 2')
    })
  })
})
