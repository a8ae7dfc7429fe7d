import { InputError } from '../errors.js'
import type { LedgerEntry, LedgerQuery } from '../ledger/event.js'
import type { ClaimStore } from '../vault/claim-store.js'
import { parseClaimUrl } from '../vault/claim-url.js'
import { print, style } from './output.js'
import { type GlobalOptions, openStore, targetOf } from './target.js'

export interface LedgerOptions extends GlobalOptions {
  readonly thread?: string
  readonly run?: string
  readonly sub?: string
  readonly claim?: string
  readonly since?: string
  readonly until?: string
  readonly json?: boolean
}

const PAGE = 1_000
const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Prints the events of a tenant, oldest first. Needs no key: the ledger holds ids and names only. */
export async function ledger(options: LedgerOptions): Promise<void> {
  const target = targetOf(options)
  const query = queryOf(options)
  const store = await openStore(target)
  try {
    for await (const entry of entries(store, { tenant: target.tenant, ...query })) {
      print(options.json ? JSON.stringify(entry) : describe(entry))
    }
  } finally {
    await store.close()
  }
}

function queryOf({ thread, run, sub, claim, since, until }: LedgerOptions): LedgerQuery {
  return {
    ...(thread === undefined ? {} : { threadId: thread }),
    ...(run === undefined ? {} : { runId: run }),
    ...(sub === undefined ? {} : { sub }),
    ...(claim === undefined ? {} : { claim: parseClaimUrl(claim)?.id ?? claim }),
    ...(since === undefined ? {} : { since: timeOf(since) }),
    ...(until === undefined ? {} : { until: timeOf(until) }),
  }
}

/** @throws InputError unless it is a date, such as 2026-01-31T12:00Z, or an age, such as 90m or 7d. */
function timeOf(text: string): number {
  const age = /^(\d{1,9})([smhd])$/.exec(text)
  const at = age === null ? Date.parse(text) : Date.now() - Number(age[1]) * UNITS[age[2] as keyof typeof UNITS]
  if (Number.isNaN(at))
    throw new InputError('A time is a date, such as 2026-01-31T12:00Z, or an age, such as 90m or 7d.')
  return at
}

async function* entries(store: ClaimStore, query: LedgerQuery): AsyncGenerator<LedgerEntry> {
  for (let after = 0; ; ) {
    const page = await store.readEvents({ ...query, after, limit: PAGE })
    yield* page
    if (page.length < PAGE) return
    after = page.at(-1)!.seq
  }
}

function describe(entry: LedgerEntry): string {
  const { at, operation, outcome, reason, sub, act, threadId, runId, claims, rules, channels, count } = entry
  const verdict = outcome === 'ok' ? style('green', outcome) : style('red', outcome)
  const who = sub === undefined ? undefined : act === undefined ? sub : `${act} for ${sub}`
  return [
    style('dim', new Date(at).toISOString()),
    operation,
    reason === undefined ? verdict : `${verdict} (${reason})`,
    ...named('by', who),
    ...named('thread', threadId),
    ...named('run', runId),
    ...named('rules', rules?.join(',')),
    ...named('channels', channels?.join(',')),
    ...named('claims', claims.join(',')),
    ...named('times', count),
  ].join('  ')
}

function named(name: string, value: string | number | undefined): string[] {
  return value === undefined || value === '' ? [] : [`${style('dim', `${name}=`)}${value}`]
}
