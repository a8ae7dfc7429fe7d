import { expect, it } from 'vitest'
import { ledgerRecord, put } from '../../../src/testing/claim-store/harness.js'
import type { ClaimStore } from '../../../src/vault/claim-store.js'

const NEVER = [
  'UPDATE ledger SET sub = 1',
  "UPDATE ledger SET sub = 'x' WHERE seq = 1",
  'UPDATE ledger_claims SET seq = 9',
  'UPDATE ledger_roots SET to_seq = 99',
  'DELETE FROM ledger_roots',
]

export interface TriggerTarget {
  open(): Promise<ClaimStore>
  /** Runs SQL as somebody who has the database. */
  raw(sql: string): Promise<unknown>
  /** SQL that runs `work` as a prune through this number would. */
  permitted(through: number, work: string): string
}

/** What the ledger's triggers keep whoever has the database from doing by accident; they can be dropped. */
export function describeLedgerTriggers(target: TriggerTarget, more: readonly string[] = []): void {
  /** Records 1, 2 and 3, the first two of them sealed. */
  const fill = async (): Promise<ClaimStore> => {
    const store = await target.open()
    await put(store, { events: [1, 2, 3].map(() => ledgerRecord({ claims: ['a'] })) })
    await store.addRoot({
      number: 1,
      fromSeq: 1,
      toSeq: 2,
      count: 2,
      at: 1,
      root: new Uint8Array(32),
      previous: new Uint8Array(32),
      writers: '{}',
      keyId: 'naming-1',
      signature: new Uint8Array(32),
    })
    return store
  }
  const count = async (store: ClaimStore): Promise<number> => (await store.readEvents({})).length

  it.each([...NEVER, ...more])('are not for changing: %s', async (sql) => {
    const store = await fill()
    for (const statement of [sql, target.permitted(2, sql)]) {
      await expect(target.raw(statement)).rejects.toThrow('append-only')
    }
    expect(await count(store)).toBe(3)
  })

  it.each(['DELETE FROM ledger', 'DELETE FROM ledger WHERE seq = 1', 'DELETE FROM ledger_claims'])(
    'are not for deleting, sealed or not, but by a prune: %s',
    async (sql) => {
      const store = await fill()
      await expect(target.raw(sql)).rejects.toThrow('append-only')
      expect(await count(store)).toBe(3)
    },
  )

  it('are not for pruning beyond the last root, whatever the prune says', async () => {
    const store = await fill()
    await expect(target.raw(target.permitted(3, 'DELETE FROM ledger'))).rejects.toThrow(/append-only|sealed/)
    await expect(target.raw(target.permitted(2, 'DELETE FROM ledger'))).rejects.toThrow('append-only')
    expect(await count(store)).toBe(3)
  })

  it('can be pruned up to the last root, and are as safe as before when that is done', async () => {
    const store = await fill()
    expect(await store.pruneEvents(2)).toBe(2)
    expect(await count(store)).toBe(1)
    await expect(target.raw('DELETE FROM ledger')).rejects.toThrow('append-only')
  })
}
