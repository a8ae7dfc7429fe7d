import { InputError, LedgerBrokenError } from '../errors.js'
import { equalBytes, toBase64Url } from '../seal/bytes.js'
import type { LedgerEntry } from './event.js'
import { plainEntry } from './export/ndjson.js'
import type { LedgerRootRow, LedgerStore } from './ledger-store.js'
import { inclusionPath, leafHash, rootOfPath } from './merkle.js'
import { eachEntry, eachRoot } from './read-ledger.js'
import { encodeEntry } from './record-bytes.js'

/** What shows to somebody who has a root alone that an event is covered by it. */
export interface InclusionProof {
  readonly entry: Readonly<Record<string, unknown>>
  /** Position among the leaves of the interval, from 0. */
  readonly index: number
  /** Hashes from the leaf upwards, base64url; RFC 6962 §2.1.1. */
  readonly path: readonly string[]
  readonly root: LedgerRootRow
}

/**
 * @throws InputError for an event that is not there or not sealed yet, LedgerBrokenError when its interval is not what
 * was sealed.
 */
export async function proveInclusion(
  store: Pick<LedgerStore, 'readEvents' | 'listRoots'>,
  seq: number,
): Promise<InclusionProof> {
  const root = await rootOver(store, seq)
  const leaves: Uint8Array[] = []
  let found: { readonly entry: LedgerEntry; readonly index: number } | undefined
  for await (const entry of eachEntry(store, { after: root.fromSeq - 1 })) {
    if (entry.seq > root.toSeq) break
    if (entry.seq === seq) found = { entry, index: leaves.length }
    leaves.push(leafHash(encodeEntry(entry)))
  }
  if (found === undefined) throw new InputError(`There is no event ${seq}.`)
  const path = leaves.length === root.count ? inclusionPath(leaves, found.index) : undefined
  if (path === undefined || !equalBytes(rootOfPath(leaves[found.index]!, found.index, root.count, path), root.root)) {
    throw new LedgerBrokenError(`The records that root ${root.number} sealed are not what they were.`)
  }
  return { entry: plainEntry(found.entry), index: found.index, path: path.map(toBase64Url), root }
}

async function rootOver(store: Pick<LedgerStore, 'listRoots'>, seq: number): Promise<LedgerRootRow> {
  for await (const row of eachRoot(store)) if (row.toSeq >= seq) return row
  throw new InputError(`Event ${seq} is not sealed yet; a root covers what is older than a minute.`)
}
