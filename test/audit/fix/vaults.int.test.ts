import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { PostgresClaimStore } from '../../../src/postgres.js'
import { DAY_MS } from '../../../src/vault/claim-row.js'
import type { ClaimStore } from '../../../src/vault/claim-store.js'
import { newSchema } from '../../services/postgres-schema.js'
import { redisVault } from '../../support/redis-vault.js'
import { anthropicKey } from '../../support/secrets.js'
import { resume, runToInterrupt } from './graphs.js'
import { FixHarness } from './harness.js'
import { cellsOf } from './rows.js'

interface Vault {
  readonly store: ClaimStore
  drop(): Promise<void>
}

const VAULTS: readonly [string, () => Promise<Vault>][] = [
  [
    'PostgreSQL',
    async () => {
      const { schema, drop } = newSchema()
      return { store: PostgresClaimStore.fromConnString(inject('postgresUrl'), { schema }), drop }
    },
  ],
  [
    'Redis',
    async () => {
      const { store, close } = await redisVault()
      return { store, drop: close }
    },
  ],
]

describe.each(VAULTS)('a fix into a vault in %s', (_, open) => {
  let vault: Vault
  let harness: FixHarness
  let token: string
  const holds = () => {
    const hex = Buffer.from(token).toString('hex').toUpperCase()
    return Object.values(cellsOf(harness.address)).some((cell) => cell.includes(hex))
  }

  beforeEach(async () => {
    token = anthropicKey()
    vault = await open()
    harness = await FixHarness.open({}, vault.store)
    await harness.withBare((saver) => runToInterrupt(saver, 'thread-1', token))
  })
  afterEach(async () => {
    await harness.close()
    await vault.drop()
  })

  it('seals, is put back byte for byte, seals again, and its graph resumes with the secret', async () => {
    const before = cellsOf(harness.address)
    expect((await harness.fix()).left).toEqual([])
    expect(holds()).toBe(false)
    expect(await harness.undo()).toMatchObject({ changed: 0, lost: 0 })
    expect(cellsOf(harness.address)).toEqual(before)
    expect((await harness.fix()).left).toEqual([])
    await harness.withBare(async (inner) => {
      expect((await resume(harness.wrap(inner), 'thread-1')).items).toEqual([`sent ${token}`, `${token} yes`])
    })
    expect(holds()).toBe(false)
  })

  it('lets its claims expire only once it is committed', async () => {
    await harness.fix()
    const rows = () => harness.vault.context().store.find({ tenant: 'default', threadId: 'thread-1', limit: 100 })
    expect((await rows()).every(({ ttlMs, capAt }) => ttlMs === null && capAt === null)).toBe(true)
    expect(await harness.commit(DAY_MS)).toBe((await rows()).length)
    expect((await rows()).every(({ ttlMs, capAt }) => ttlMs === DAY_MS && capAt !== null)).toBe(true)
    expect(await harness.commit(DAY_MS)).toBe(0)
  })
})
