import type { LedgerRootRow, LedgerStore } from './ledger-store.js'
import { addLink, type LinkRange } from './link-ranges.js'
import { leafHash, MerkleTree } from './merkle.js'
import { eachEntry, lastRoot } from './read-ledger.js'
import { encodeEntry } from './record-bytes.js'
import { encodeRoot, encodeWriters, NO_ROOT, type RootSigner, rootDigest } from './root.js'

/** A transaction that began with a lower number than its neighbours' has ended by then, so nothing slips in behind a root. */
const SETTLE_MS = 60_000
const MAX_RECORDS = 65_536

export interface SealOptions {
  readonly store: Pick<LedgerStore, 'readEvents' | 'listRoots' | 'addRoot'>
  readonly vaultId: string
  readonly signer: RootSigner
  /** The store's clock, ms since the epoch. */
  readonly now: number
}

/**
 * Signs what is older than a minute and not sealed yet, in intervals of at most 65,536 records.
 * @returns the new roots; fewer when another process seals at the same time.
 */
export async function sealIntervals(options: SealOptions): Promise<readonly LedgerRootRow[]> {
  const made: LedgerRootRow[] = []
  let last = await lastRoot(options.store)
  for (;;) {
    const row = await nextRoot(options, last)
    if (row === undefined || !(await options.store.addRoot(row))) return made
    made.push(row)
    last = row
  }
}

async function nextRoot(
  { store, vaultId, signer, now }: SealOptions,
  last: LedgerRootRow | undefined,
): Promise<LedgerRootRow | undefined> {
  const tree = new MerkleTree()
  const writers = new Map<string, readonly LinkRange[]>()
  const fromSeq = (last?.toSeq ?? 0) + 1
  let toSeq = fromSeq
  for await (const entry of eachEntry(store, { after: fromSeq - 1 })) {
    if (entry.at > now - SETTLE_MS || tree.size === MAX_RECORDS) break
    tree.append(leafHash(encodeEntry(entry)))
    toSeq = entry.seq
    if (entry.link !== null) writers.set(entry.writer, addLink(writers.get(entry.writer) ?? [], entry.link))
  }
  if (tree.size === 0) return undefined
  const row = {
    number: (last?.number ?? 0) + 1,
    fromSeq,
    toSeq,
    count: tree.size,
    at: now,
    root: tree.root(),
    previous: last === undefined ? NO_ROOT : rootDigest(vaultId, last),
    writers: encodeWriters(writers),
    keyId: signer.keyId,
  }
  return { ...row, signature: signer.sign(encodeRoot(vaultId, row)) }
}
