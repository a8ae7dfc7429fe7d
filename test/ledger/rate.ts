import { KeyRing } from '../../src/index.js'
import { ChainWriter } from '../../src/ledger/chain-writer.js'
import type { LedgerEvent } from '../../src/ledger/event.js'
import type { ClaimStore } from '../../src/vault/claim-store.js'

interface RateOptions {
  readonly batches: number
  readonly size: number
  readonly inFlight: number
}

/** Writes batches of events through a chain of their own, and closes the store. */
export async function measureRate(store: ClaimStore, { batches, size, inFlight }: RateOptions) {
  await store.setup()
  const writer = new ChainWriter({
    store,
    keys: new KeyRing(KeyRing.generate()),
    vaultId: 'rate',
    auditor: undefined,
    registrationMac: () => new Uint8Array(32),
    readClock: async () => Date.now(),
  })
  const event = (i: number): LedgerEvent => ({
    ...{ operation: 'restore', outcome: 'ok', tenant: 'default', threadId: `thread-${i % 100}`, runId: `run-${i}` },
    ...{ sub: 'alice', act: 'agent', claims: [`claim-${i % 1000}`], channels: ['messages'] },
  })
  let signingMs = 0
  let left = batches
  const work = async () => {
    while (left-- > 0) {
      const events = Array.from({ length: size }, (_, i) => event(i))
      await writer.record(
        (link) => {
          const startedMs = performance.now()
          const records = link(events)
          signingMs += performance.now() - startedMs
          return store.commit({ events: records })
        },
        ({ committed }) => committed,
      )
    }
  }
  const startedMs = performance.now()
  await Promise.all(Array.from({ length: inFlight }, work))
  const ms = performance.now() - startedMs
  await writer.close()
  await store.close()
  const records = batches * size
  return {
    eventsPerSecond: Math.round((records / ms) * 1_000),
    microsPerRecord: Number(((signingMs * 1_000) / records).toFixed(1)),
  }
}
