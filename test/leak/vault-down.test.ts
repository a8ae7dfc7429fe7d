import { beforeAll, describe, expect, it } from 'vitest'
import { VaultUnavailableError } from '../../src/errors.js'
import { secret } from '../../src/index.js'
import { DURABILITIES } from '../../src/testing/leak/path.js'
import { leakPaths } from '../../src/testing/leak/paths/index.js'
import { type LeakReport, rowName, runLeakSuite } from '../../src/testing/leak/suite.js'
import { MemoryClaimStore } from '../../src/vault/stores/memory.js'
import { memorySaver } from '../support/bare-savers.js'
import { protect } from '../support/wrapped-saver.js'

class DownStore extends MemoryClaimStore {
  override async commit(): Promise<never> {
    throw new VaultUnavailableError('The claim store is down.')
  }
}

/**
 * Where LangGraph itself drops the failure of a saver, a bare one's too: a node's own error goes before it, and the
 * interrupt of a subgraph does unless each superstep is awaited.
 */
const UNSEEN = [
  /^failure: (?!.*retried)/,
  /^functional: task throw$/,
  /^known: later, in an error$/,
  /^subgraph: state/,
]

describe('a vault that stores nothing', () => {
  let report: LeakReport
  beforeAll(async () => {
    const vault = async () => ({ store: new DownStore(), dump: async () => [], close: async () => {} })
    report = await runLeakSuite({ name: 'vault down', saver: protect(memorySaver, vault), mark: secret })
  })

  describe.each(DURABILITIES)('durability %s', (durability) => {
    it.each(leakPaths.map((path) => [path.name, path] as const))('lets no secret through: %s', (_, path) => {
      const row = report.rows.find(
        (candidate) => rowName(candidate.path, candidate.durability) === rowName(path, durability),
      )
      expect(row?.sightings.filter(({ area }) => area !== 'error')).toEqual([])
      const lands = durability === 'exit' ? path.landsOnExit : path.lands
      if (lands.length === 0 || path.refused || UNSEEN.some((name) => name.test(path.name))) return
      expect(row?.outcome).toContain('ERR_VAULT_UNAVAILABLE')
    })
  })
})
