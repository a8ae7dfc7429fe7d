import type { LedgerQuery } from '../../ledger/event.js'
import type { RecordFilter } from '../access-record.js'
import type { ClaimFilter } from '../claim-store.js'
import { type Cell, checkLimit, checkTexts } from './row-codec.js'

/** Where SQL dialects differ in a statement. */
export interface FilterDialect {
  /** Keeps a value and returns its placeholder; called in the order of the text, as SQLite's `?` needs. */
  param(value: Cell): string
  /** `column` equals one of the texts. */
  anyText(column: string, values: readonly string[]): string
  /** `column` equals one of the byte strings. */
  anyBytes(column: string, values: readonly Uint8Array[]): string
}

/** The part after `FROM claims c`. */
export function claimFilterSql(filter: ClaimFilter, table: (name: string) => string, sql: FilterDialect): string {
  checkTexts(filter)
  const terms = [`c.tenant = ${sql.param(filter.tenant)}`]
  if (filter.threadId !== undefined) terms.push(`c.thread_id = ${sql.param(filter.threadId)}`)
  if (filter.runId !== undefined) {
    terms.push(`c.id IN (SELECT claim_id FROM ${table('runs')} WHERE run_id = ${sql.param(filter.runId)})`)
  }
  if (filter.fingerprints !== undefined) terms.push(sql.anyBytes('c.fingerprint', filter.fingerprints))
  if (filter.after !== undefined) terms.push(`c.id > ${sql.param(filter.after)}`)
  return `WHERE ${terms.join(' AND ')} ORDER BY c.id LIMIT ${sql.param(checkLimit(filter.limit ?? 500))}`
}

/**
 * The part after `FROM access_records`. Claims, holders and thread are looked up in an index that holds all the inner
 * statement needs: else SQLite, which has no statistics, goes through every record of the kind to spare itself the sorting.
 */
export function recordFilterSql(filter: RecordFilter, table: (name: string) => string, sql: FilterDialect): string {
  checkTexts(filter)
  const { tenant, kind, ids, claimIds, holders, threadId, after, limit = 500 } = filter
  const ofKind = (): string => `tenant = ${sql.param(tenant)} AND kind = ${sql.param(kind)}`
  const listed = (column: string, values: readonly string[]): string =>
    `id IN (SELECT id FROM ${table('access_records')} WHERE ${ofKind()} AND ${sql.anyText(column, values)})`
  const terms = [ofKind()]
  if (ids !== undefined) terms.push(sql.anyText('id', ids))
  if (claimIds !== undefined) terms.push(listed('claim_id', claimIds))
  if (holders !== undefined) terms.push(listed('holder', holders))
  if (threadId !== undefined) terms.push(listed('thread_id', [threadId]))
  if (after !== undefined) terms.push(`id > ${sql.param(after)}`)
  return `WHERE ${terms.join(' AND ')} ORDER BY id LIMIT ${sql.param(checkLimit(limit))}`
}

/** The part after `FROM ledger l`. */
export function ledgerQuerySql(query: LedgerQuery, table: (name: string) => string, sql: FilterDialect): string {
  checkTexts(query)
  const terms = [`l.seq > ${sql.param(query.after ?? 0)}`]
  const equal = {
    tenant: 'tenant',
    threadId: 'thread_id',
    runId: 'run_id',
    sub: 'sub',
    writer: 'writer',
    operation: 'operation',
  } as const
  for (const [key, column] of Object.entries(equal) as [keyof typeof equal, string][]) {
    const value = query[key]
    if (value !== undefined) terms.push(`l.${column} = ${sql.param(value)}`)
  }
  if (query.since !== undefined) terms.push(`l.at >= ${sql.param(query.since)}`)
  if (query.until !== undefined) terms.push(`l.at < ${sql.param(query.until)}`)
  if (query.claim !== undefined) {
    terms.push(`l.seq IN (SELECT seq FROM ${table('ledger_claims')} WHERE claim_id = ${sql.param(query.claim)})`)
  }
  return `WHERE ${terms.join(' AND ')} ORDER BY l.seq LIMIT ${sql.param(checkLimit(query.limit ?? 1000))}`
}

/** Threads that were used or hold a claim; each branch stops at the limit, so that a page costs the same everywhere. */
export function listThreadsSql(
  page: { readonly tenant: string; readonly after: string | undefined; readonly limit: number },
  table: (name: string) => string,
  sql: FilterDialect,
): string {
  checkTexts(page)
  checkLimit(page.limit)
  const branch = (name: string, alias: string): string => {
    const tenant = `tenant = ${sql.param(page.tenant)}`
    const after = page.after === undefined ? '' : `AND thread_id > ${sql.param(page.after)}`
    return `SELECT * FROM (SELECT DISTINCT thread_id FROM ${table(name)} WHERE ${tenant} ${after} ORDER BY thread_id LIMIT ${sql.param(page.limit)}) ${alias}`
  }
  return `${branch('threads', 't')} UNION ${branch('claims', 'c')} ORDER BY thread_id LIMIT ${sql.param(page.limit)}`
}

/** Counts rows with ciphertext, and stops at `upTo`, so that a quota costs no more than what it allows. */
export function countClaimsSql(
  { tenant, threadId }: { readonly tenant: string; readonly threadId?: string },
  upTo: number,
  table: (name: string) => string,
  sql: FilterDialect,
): string {
  checkTexts({ tenant, threadId })
  const thread = (): string => (threadId === undefined ? '' : `AND thread_id = ${sql.param(threadId)}`)
  return `SELECT count(*) AS held FROM (SELECT 1 FROM ${table('claims')}
    WHERE tenant = ${sql.param(tenant)} ${thread()} AND sealed IS NOT NULL LIMIT ${sql.param(checkLimit(upTo))}) c`
}
