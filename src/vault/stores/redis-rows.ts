import type { LedgerEntry, LedgerRecord } from '../../ledger/event.js'
import type { RecordChange } from '../access-record.js'
import type { ClaimRow, ThreadRow } from '../claim-store.js'
import { claimCodec, ledgerCodec, recordCodec, threadCodec } from './codecs.js'
import type { RowCodec } from './row-codec.js'

export type RedisArg = string | number | Buffer
/** What a script answers, read as buffers. */
export type Reply = number | Buffer | null | readonly Reply[]

/** Columns that lie in a key of their own, which Redis drops by itself. */
const SECRET = new Set(['sealed', 'sealed_metadata', 'fingerprint'])

/** A list as a script takes it. */
export const many = (list: readonly RedisArg[]): RedisArg[] => [list.length, ...list]

/** Zero or one. */
export const maybe = (value: string | undefined): RedisArg[] => (value === undefined ? [0] : [1, value])

/** Names and values of the cells that are set. @throws InputError for text that cannot be stored. */
export function fieldsOf<Row extends object>(codec: RowCodec<Row>, row: Row): RedisArg[] {
  return codec.encode(row).flatMap((cell, index) => {
    if (cell === null) return []
    return [codec.names[index]!, cell instanceof Uint8Array ? bufferOf(cell) : cell]
  })
}

export function rowOf<Row extends object>(codec: RowCodec<Row>, fields: Reply): Row {
  const cells = fields as readonly Buffer[]
  const record: Record<string, unknown> = {}
  for (let index = 0; index < cells.length; index += 2) record[String(cells[index])] = cells[index + 1]
  for (const { name, type } of codec.columns) {
    if (record[name] !== undefined && type !== 'bytes') record[name] = String(record[name])
  }
  return codec.decode(record)
}

/** Most cells travel as one JSON text: what costs is the number of arguments, and a commit may hold thousands of rows. */
export function claimArgs(row: ClaimRow): RedisArg[] {
  const cells = fieldsOf(claimCodec, row)
  const secret: RedisArg[] = []
  const fields: string[] = row.sealed === null ? [] : ['kept', '1']
  for (let index = 0; index < cells.length; index += 2) {
    const name = String(cells[index])
    if (SECRET.has(name)) secret.push(name, cells[index + 1]!)
    else if (name !== 'mac') fields.push(name, String(cells[index + 1]))
  }
  const ends = [row.id, row.tenant, row.threadId, lastEndOf(row), row.sweepAt ?? '', ...many(secret)]
  return [...ends, bufferOf(row.mac), JSON.stringify(fields)]
}

/** The end that no use can move any more; empty for a claim that lives as long as its thread. */
function lastEndOf({ expiresAt, capAt }: ClaimRow): number | '' {
  const ends = [expiresAt, capAt].filter((end) => end !== null)
  return ends.length === 0 ? '' : Math.min(...ends)
}

export function claimOf([fields, secret]: readonly Reply[]): ClaimRow {
  const [sealed, metadata, fingerprint] = secret as readonly Reply[]
  const cells = { sealed, sealed_metadata: metadata, fingerprint }
  const set = Object.entries(cells).flatMap(([name, cell]) =>
    cell === null || cell === undefined ? [] : [Buffer.from(name), cell],
  )
  return rowOf(claimCodec, [...(fields as readonly Reply[]), ...set])
}

export function threadArgs(thread: ThreadRow): RedisArg[] {
  const { tenant, threadId, usedAt, held } = thread
  return [tenant, threadId, usedAt, held ? 1 : 0, ...many(fieldsOf(threadCodec, thread))]
}

export function recordChangeArgs({ record, expectedMac }: RecordChange): RedisArg[] {
  const { tenant, kind, id, threadId, claimId, holder, expiresAt } = record
  return [
    ...[tenant, kind, id, threadId, ...maybe(claimId ?? undefined), ...maybe(holder ?? undefined), expiresAt],
    ...(expectedMac === null ? [0] : many([bufferOf(expectedMac)])),
    ...many(fieldsOf(recordCodec, record)),
  ]
}

/** Their numbers are the store's to give. */
export function recordsArgs(records: readonly LedgerRecord[]): RedisArg[] {
  return [
    records.length,
    ...records.flatMap((record) => {
      const fields = fieldsOf(ledgerCodec, { ...record, seq: 0 }).slice(2)
      return [record.writer, record.link, ...many(fields)]
    }),
  ]
}

export function entryOf([id, fields]: readonly Reply[]): LedgerEntry {
  const seq = Buffer.from(String(id).split('-')[0] ?? '')
  return rowOf(ledgerCodec, [Buffer.from('seq'), seq, ...(fields as readonly Reply[])])
}

export const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
