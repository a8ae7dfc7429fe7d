import type { ClaimId } from '../../../src/vault/claim-store.js'
import { type Comparison, compare, type Job, perCall, type Side } from '../measure.js'
import type { OpenDatabase } from './databases.js'
import { VaultWork } from './work.js'

export interface OperationOptions {
  readonly rounds: number
  /** Calls in one sample. */
  readonly repeat: number
}

/** The aim for each operation of a vault against the same rows written by hand. */
export const OPERATION_AIM = 1.5
const BATCH = 100
const EVENT_BATCH = 50

/** Each operation of a vault against a hand-written one. */
export async function compareVault(
  label: string,
  { vault, baseline }: OpenDatabase,
  { rounds, repeat }: OperationOptions,
): Promise<Comparison[]> {
  const work = new VaultWork(vault)
  let bareIds = 0
  const nextId = () => `bare-${bareIds++}`
  const times = async (count: number, call: (i: number) => Promise<unknown>) => {
    for (let i = 0; i < count; i++) await call(i)
  }
  const operation = (name: string, sides: Record<Side, () => Promise<() => Promise<unknown>>>) =>
    compare(`${label}, ${name}`, rounds, async (side) => job(await sides[side]()))
  const stored = { bare: [nextId()], hundred: Array.from({ length: BATCH }, nextId) }
  await baseline.mint(stored.bare)
  await baseline.mint(stored.hundred)
  const claims = await work.mint(BATCH)
  const one: readonly ClaimId[] = claims.slice(0, 1)
  return [
    await operation('mint', {
      bare: async () => () => times(repeat, () => baseline.mint([nextId()])),
      wrapped: async () => () => times(repeat, () => work.mint(1)),
    }),
    await operation('restore', {
      bare: async () => () => times(repeat, () => baseline.restore(stored.bare)),
      wrapped: async () => () => times(repeat, () => work.restore(one)),
    }),
    await operation(`restore ${BATCH}`, {
      bare: async () => () => times(repeat, () => baseline.restore(stored.hundred)),
      wrapped: async () => () => times(repeat, () => work.restore(claims)),
    }),
    await operation('claim', {
      bare: async () => {
        const ids = Array.from({ length: repeat }, nextId)
        await baseline.mint(ids)
        return () => times(repeat, (i) => baseline.claim(ids[i]!))
      },
      wrapped: async () => {
        const urls = await work.create(repeat)
        return () => times(repeat, (i) => work.claim(urls[i]!))
      },
    }),
    await operation(`${EVENT_BATCH} ledger events`, {
      bare: async () => () => times(repeat, () => baseline.events(EVENT_BATCH)),
      wrapped: async () => () => times(repeat, () => work.events(EVENT_BATCH)),
    }),
  ].map((total) => perCall(total, repeat))
}

/** How many ledger events go through in a second, as batches in flight at once. */
export async function ledgerRate({ vault }: OpenDatabase, batches: number, atOnce: number): Promise<number> {
  const work = new VaultWork(vault)
  await work.events(EVENT_BATCH)
  const startedAt = performance.now()
  for (let done = 0; done < batches; done += atOnce) {
    await Promise.all(Array.from({ length: Math.min(atOnce, batches - done) }, () => work.events(EVENT_BATCH)))
  }
  return (batches * EVENT_BATCH) / ((performance.now() - startedAt) / 1000)
}

function job(run: () => Promise<unknown>): Job {
  return { parts: [run], close: async () => {} }
}
