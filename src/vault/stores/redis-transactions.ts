import type { RecordFilter } from '../access-record.js'
import type { ClaimCommit, ClaimId, ClaimRow } from '../claim-store.js'
import { claimCodec, revocationCodec } from './codecs.js'
import { compareText } from './compare.js'
import {
  bufferOf,
  claimArgs,
  many,
  maybe,
  type RedisArg,
  type Reply,
  recordChangeArgs,
  recordsArgs,
  rowOf,
  threadArgs,
} from './redis-rows.js'
import { checkLimit } from './row-codec.js'
import type { SweepCandidate, SweepPlan } from './sweep-plan.js'

/** @throws InputError for text that cannot be stored. */
export function commitArgs(change: ClaimCommit): RedisArg[] {
  const { insert = [], update = [], places = [], runs = [], thread, events = [] } = change
  const { addRevocations = [], removeRevocations = [], records = [] } = change
  return [
    ...recordsArgs(events),
    change.deadline ?? '',
    ...assumptionArgs(change),
    insert.length,
    ...insert.flatMap(claimArgs),
    update.length,
    ...update.flatMap(({ row, expectedMac }) => [...claimArgs(row), bufferOf(expectedMac)]),
    ...many(places.flat()),
    ...many(runs.flat()),
    records.length,
    ...records.flatMap(recordChangeArgs),
    ...(thread === undefined ? [0] : [1, ...threadArgs(thread)]),
    addRevocations.length,
    ...addRevocations.flatMap((row) => {
      const { tenant, tag, threadId } = revocationCodec.copy(row)
      return [tenant, tag, ...maybe(threadId ?? undefined)]
    }),
    removeRevocations.length,
    ...removeRevocations.flatMap(({ tenant, tag }) => [tenant, tag]),
  ]
}

function assumptionArgs({ assuming, thread }: ClaimCommit): RedisArg[] {
  if (assuming === undefined) return [0]
  const held = thread === undefined ? [] : [thread.tenant, thread.threadId, thread.held ? 1 : 0]
  return [1, assuming.notBefore, assuming.tenant, ...many(assuming.unrevoked), ...many(held)]
}

export function recordFilterArgs(filter: RecordFilter): RedisArg[] {
  const { tenant, kind, claimIds, holders, threadId, after = '', limit = 500 } = filter
  const ids = filter.ids && [...new Set(filter.ids)].filter((id) => compareText(id, after) > 0).sort(compareText)
  const list = (given: readonly string[] | undefined): RedisArg[] =>
    given === undefined ? [0] : [1, ...many([...new Set(given)])]
  return [tenant, kind, ...list(ids), ...list(claimIds), ...list(holders), ...maybe(threadId), after, checkLimit(limit)]
}

/** A candidate with what the plan for it is made from. */
export interface RedisSweepCandidate extends SweepCandidate {
  readonly sweepAt: number | null
  /** As the script that applies the plan compares it. */
  readonly seen: readonly RedisArg[]
}

export function sweepCandidateOf([fields, use]: readonly Reply[]): RedisSweepCandidate {
  const [usedAt, held] = use as readonly (Buffer | null)[]
  const cells = fields as readonly Buffer[]
  const kept = cells.some((cell, index) => index % 2 === 0 && String(cell) === 'kept')
  const row: ClaimRow = rowOf(claimCodec, cells)
  return {
    ...row,
    emptied: !kept,
    usedAt: usedAt === null || usedAt === undefined ? null : Number(usedAt),
    held: String(held) === '1',
    seen: [bufferOf(row.mac), row.sweepAt ?? '', kept ? '1' : '', usedAt ?? '', held ?? ''],
  }
}

/** What the plan says about each candidate, as the script takes it. */
export function sweepSteps(
  due: readonly RedisSweepCandidate[],
  plan: SweepPlan,
): { readonly id: ClaimId; readonly args: RedisArg[] }[] {
  const actions = new Map<ClaimId, readonly RedisArg[]>([
    ...plan.postpone.map(({ id, sweepAt }) => [id, ['postpone', sweepAt ?? '']] as const),
    ...plan.clear.map(({ id, sweepAt }) => [id, ['clear', sweepAt ?? '']] as const),
    ...plan.remove.map((id) => [id, ['remove', '']] as const),
  ])
  return due.flatMap(({ id, seen }) => {
    const action = actions.get(id)
    return action === undefined ? [] : [{ id, args: [id, ...many(seen), ...action] }]
  })
}
