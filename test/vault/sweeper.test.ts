import { expect, it } from 'vitest'
import { readLastSweep } from '../../src/vault/sweeper.js'
import { opaqueSecret } from '../support/secrets.js'
import { DAY_MS, Harness } from '../support/vault-harness.js'

const THREAD = { threadId: 'thread-1' }

it('notes when a pass ended by the store’s clock, so that somebody else can see that nobody sweeps', async () => {
  const h = await Harness.open()
  expect(await readLastSweep(h.store)).toBeUndefined()
  await h.vault.create(opaqueSecret(), THREAD)
  h.now += DAY_MS
  expect(await h.vault.sweep()).toBe(1)
  expect(await readLastSweep(h.store)).toBe(h.now)
})

it('notes nothing for a pass that failed midway', async () => {
  const h = await Harness.open()
  h.failures.set('sweep', new Error('down'))
  await expect(h.vault.sweep()).rejects.toThrow('down')
  expect(await readLastSweep(h.store)).toBeUndefined()
})

it('takes a note that somebody else scribbled on for none', async () => {
  const h = await Harness.open()
  await h.store.writeNote('swept', 'yesterday')
  expect(await readLastSweep(h.store)).toBeUndefined()
})
