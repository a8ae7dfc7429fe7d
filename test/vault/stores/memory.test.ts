import { expect, it } from 'vitest'
import { describeClaimStore } from '../../../src/testing/describe-claim-store.js'
import { MemoryClaimStore } from '../../../src/vault/stores/memory.js'

describeClaimStore('MemoryClaimStore', () => {
  const store = new MemoryClaimStore()
  return { open: () => store }
})

it('goes by the clock that it is given, so that tests can move time', async () => {
  let now = 1_000
  const store = new MemoryClaimStore({ now: () => now })
  expect(await store.commit({ deadline: 1_001 })).toEqual({ committed: true, now: 1_000 })
  now = 1_001
  expect(await store.commit({ deadline: 1_001 })).toEqual({ committed: false })
})
