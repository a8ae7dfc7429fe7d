import { expect, it, vi } from 'vitest'
import { ClaimVault, KeyRing, type LedgerRollback } from '../../src/index.js'
import { MemoryClaimStore } from '../../src/vault/stores/memory.js'

const ALICE = { sub: 'alice' }

it('suspends handoffs when a writer finds its chain set back: a spent claim may be live again', async () => {
  const store = new MemoryClaimStore()
  store.close = async () => undefined
  const keys = new KeyRing(KeyRing.generate())
  const found: LedgerRollback[] = []
  const ledger = { onRollback: (rollback: LedgerRollback) => void found.push(rollback) }
  const writer = await ClaimVault.open({ store, keys, sweep: 'manual', ledger })
  const url = await writer.create('value', { threadId: 'T', principal: ALICE })
  const other = await ClaimVault.open({ store, keys, sweep: 'manual' })
  expect(await other.areHandoffsSuspended()).toBe(false)
  // As after a restored backup: the head does not move, and nobody knows the writer.
  vi.spyOn(store, 'advanceHead').mockResolvedValueOnce(false)
  vi.spyOn(store, 'listWriters').mockResolvedValueOnce([])
  await writer.close()
  expect(found).toEqual([{ writer: expect.any(String), expectedLink: 0, storedLink: null }])
  expect(await other.areHandoffsSuspended()).toBe(true)
  const claim = other.claim(url, { principal: ALICE, threadId: 'T' })
  await expect(claim).rejects.toMatchObject({ code: 'ERR_CLAIM_DENIED' })
  const events = (await other.ledger()).map(({ operation, reason }) => [operation, reason])
  expect(events).toContainEqual(['suspend', 'restored backup'])
  await other.close()
})
