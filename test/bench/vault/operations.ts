import { openRow } from '../../../src/vault/claim-row.js'
import type { ClaimId } from '../../../src/vault/claim-store.js'
import { type Comparison, compare, type Job, perCall, SIDES, type Side } from '../measure.js'
import { rowId } from './baseline.js'
import type { OpenDatabase } from './databases.js'
import { VaultWork } from './work.js'

export interface OperationOptions {
  readonly rounds: number
  /** Calls in one sample. */
  readonly repeat: number
  /** Samples of each side that are not counted, so that a process is measured that has been at work for a while. */
  readonly warmUps: number
}

/** One operation; `aim` is the highest ratio that it should have, null where none was set. */
export interface Operation extends Comparison {
  readonly aim: number | null
}

/** For mint, restore and claim. A batch's aim is its crypto, see `batchCryptoMs`; that of events their rate. */
const AIM = 1.5
const BATCH = 100
const EVENT_BATCH = 50

/** Each operation of a vault against a hand-written one. */
export async function compareVault(
  label: string,
  { vault, baseline }: OpenDatabase,
  { rounds, repeat, warmUps }: OperationOptions,
): Promise<Operation[]> {
  const work = new VaultWork(vault)
  const times = async (count: number, call: (i: number) => Promise<unknown>) => {
    for (let i = 0; i < count; i++) await call(i)
  }
  const operation = async (
    name: string,
    aim: number | null,
    sides: Record<Side, () => Promise<() => Promise<unknown>>>,
  ): Promise<Operation> => {
    for (let i = 0; i < warmUps; i++) for (const side of SIDES) await (await sides[side]())()
    const total = await compare(`${label}, ${name}`, rounds, async (side) => job(await sides[side]()))
    return { ...perCall(total, repeat), aim }
  }
  const stored = { bare: [rowId()], hundred: Array.from({ length: BATCH }, rowId) }
  await baseline.mint(stored.bare)
  await baseline.mint(stored.hundred)
  const claims = await work.mint(BATCH)
  const one: readonly ClaimId[] = claims.slice(0, 1)
  return [
    await operation('mint', AIM, {
      bare: async () => () => times(repeat, () => baseline.mint([rowId()])),
      wrapped: async () => () => times(repeat, () => work.mint(1)),
    }),
    await operation('restore', AIM, {
      bare: async () => () => times(repeat, () => baseline.restore(stored.bare)),
      wrapped: async () => () => times(repeat, () => work.restore(one)),
    }),
    await operation(`restore ${BATCH}`, null, {
      bare: async () => () => times(repeat, () => baseline.restore(stored.hundred)),
      wrapped: async () => () => times(repeat, () => work.restore(claims)),
    }),
    await operation('claim', AIM, {
      bare: async () => {
        const ids = Array.from({ length: repeat }, rowId)
        await baseline.mint(ids)
        return () => times(repeat, (i) => baseline.claim(ids[i]!))
      },
      wrapped: async () => {
        const urls = await work.create(repeat)
        return () => times(repeat, (i) => work.claim(urls[i]!))
      },
    }),
    await operation(`${EVENT_BATCH} ledger events`, null, {
      bare: async () => () => times(repeat, () => baseline.events(EVENT_BATCH)),
      wrapped: async () => () => times(repeat, () => work.events(EVENT_BATCH)),
    }),
  ]
}

/** What opening the ciphertexts of a batch costs, without the store: ms of this process's CPU for one batch. */
export async function batchCryptoMs({ vault, store }: OpenDatabase, rounds: number): Promise<number> {
  const ids = await new VaultWork(vault).mint(BATCH)
  const { naming, branchKeys } = vault.context()
  const query = { tenant: 'default', threadId: 'bench', ids, places: [], revocations: [] }
  const { claims } = await store.load(query)
  const keys = await branchKeys.byIds(claims.map(({ branchKeyId }) => branchKeyId))
  const openBatch = (): void => {
    for (const row of claims) {
      naming.claimMac(row)
      openRow(naming, keys.get(row.branchKeyId)!, row, row.sealed!)
    }
  }
  for (let i = 0; i < rounds; i++) openBatch()
  const before = process.cpuUsage()
  for (let i = 0; i < rounds; i++) openBatch()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / rounds
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
