import type { LedgerEntry, LedgerOperation, LedgerQuery } from '../ledger/event.js'
import { toNdjson } from '../ledger/export/ndjson.js'
import { eachEntry } from '../ledger/read-ledger.js'
import { parseClaimUrl } from '../vault/claim-url.js'
import { print, style } from './output.js'
import { type GlobalOptions, openStore, targetOf } from './target.js'
import { timeOf } from './time.js'

export interface FilterOptions extends GlobalOptions {
  readonly thread?: string
  readonly run?: string
  readonly sub?: string
  readonly claim?: string
  readonly operation?: string
  readonly since?: string
  readonly until?: string
}

export interface QueryOptions extends FilterOptions {
  readonly json?: boolean
}

/** Prints the events of a tenant, oldest first. Needs no key: the ledger holds ids and names only. */
export async function ledgerQuery(options: QueryOptions): Promise<void> {
  await eachOf(options, (entry) => print(options.json ? toNdjson(entry) : describe(entry)))
}

/** Runs `work` on the events that the options name. @param work also gets the vault's id. */
export async function eachOf(
  options: FilterOptions,
  work: (entry: LedgerEntry, vaultId: string) => void,
): Promise<void> {
  const target = targetOf(options)
  const query = queryOf(options)
  const store = await openStore(target)
  try {
    const vaultId = (await store.readVault())!.vaultId
    for await (const entry of eachEntry(store, { tenant: target.tenant, ...query })) work(entry, vaultId)
  } finally {
    await store.close()
  }
}

function queryOf({ thread, run, sub, claim, operation, since, until }: FilterOptions): LedgerQuery {
  return {
    ...(thread === undefined ? {} : { threadId: thread }),
    ...(run === undefined ? {} : { runId: run }),
    ...(sub === undefined ? {} : { sub }),
    ...(claim === undefined ? {} : { claim: parseClaimUrl(claim)?.id ?? claim }),
    ...(operation === undefined ? {} : { operation: operation as LedgerOperation }),
    ...(since === undefined ? {} : { since: timeOf(since) }),
    ...(until === undefined ? {} : { until: timeOf(until) }),
  }
}

function describe(entry: LedgerEntry): string {
  const { at, operation, outcome, reason, sub, act, threadId, runId, claims, rules, kinds, channels, nodes, count } =
    entry
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
    ...named('kinds', kinds?.join(',')),
    ...named('channels', channels?.join(',')),
    ...named('nodes', nodes?.join(',')),
    ...named('claims', claims.join(',')),
    ...named('times', count),
  ].join('  ')
}

function named(name: string, value: string | number | undefined): string[] {
  return value === undefined || value === '' ? [] : [`${style('dim', `${name}=`)}${value}`]
}
