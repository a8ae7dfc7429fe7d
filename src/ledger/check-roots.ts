import { equalBytes, toBase64Url } from '../seal/bytes.js'
import type { AnchoredRoot } from './anchors.js'
import type { LedgerEntry } from './event.js'
import type { SealingKey } from './ledger-keys.js'
import type { Findings } from './ledger-report.js'
import type { LedgerRootRow, LedgerStore } from './ledger-store.js'
import { leafHash, MerkleTree } from './merkle.js'
import { eachRoot } from './read-ledger.js'
import { encodeEntry } from './record-bytes.js'
import { checkSignature, NO_ROOT, parseWriters, type RootMac, rootDigest } from './root.js'

export interface RootKeys {
  readonly vaultId: string
  readonly signers: readonly SealingKey[]
  readonly rootMac: RootMac | undefined
}

/** What the roots by themselves say, before any record is read. */
export interface RootSurvey {
  readonly count: number
  readonly lastNumber: number
  readonly sealedThrough: number
  /** The last link of each writer that a root names. */
  readonly lastLinks: ReadonlyMap<string, number>
  /** Roots whose signer's key is not at hand. */
  readonly unsigned: number
  /** Roots that any process of the vault could have made. */
  readonly byVaultKey: number
}

/** Checks that the roots follow from each other, that they are signed, and that none that was anchored is missing. */
export async function surveyRoots(
  store: Pick<LedgerStore, 'listRoots'>,
  keys: RootKeys,
  anchored: readonly AnchoredRoot[],
  findings: Findings,
): Promise<RootSurvey> {
  const lastLinks = new Map<string, number>()
  let last: LedgerRootRow | undefined
  let digest = NO_ROOT
  let signed = false
  let count = 0
  let unsigned = 0
  let byVaultKey = 0
  const digests = new Map<number, string>()
  const anchoredNumbers = new Set(anchored.map(({ number }) => number))
  for await (const row of eachRoot(store)) {
    const root = row.number
    count += 1
    if (root !== (last?.number ?? 0) + 1) {
      findings.add({ kind: 'root', what: `Root ${(last?.number ?? 0) + 1} is missing.`, root: (last?.number ?? 0) + 1 })
    } else if (!equalBytes(row.previous, digest) || row.fromSeq !== (last?.toSeq ?? 0) + 1) {
      findings.add({ kind: 'root', what: `Root ${root} does not follow from the one before.`, root })
    }
    const check = checkSignature(keys.vaultId, row, keys.signers, keys.rootMac)
    const isMac = row.keyId.startsWith('hmac:')
    if (check === 'invalid') {
      findings.add({ kind: 'signature', what: `Root ${root} is not what its signer signed.`, root })
    } else if (isMac && signed && keys.signers.length > 0) {
      findings.add({ kind: 'signature', what: `Root ${root} is not signed, though earlier roots are.`, root })
    } else if (check === 'no-key' && !isMac && keys.signers.length > 0) {
      findings.add({ kind: 'signature', what: `Root ${root} is signed by ${row.keyId}, which is not trusted.`, root })
    }
    if (check === 'no-key') unsigned += 1
    if (isMac) byVaultKey += 1
    else signed = true
    digest = rootDigest(keys.vaultId, row)
    if (anchoredNumbers.has(root)) digests.set(root, toBase64Url(digest))
    for (const [writer, ranges] of parseWriters(row.writers)) {
      lastLinks.set(writer, Math.max(lastLinks.get(writer) ?? 0, ranges.at(-1)?.[1] ?? 0))
    }
    last = row
  }
  for (const { number: root, at, digest: anchor } of anchored) {
    if (digests.get(root) === anchor) continue
    const when = new Date(at).toISOString()
    const what = `Root ${root}, anchored at ${when}, is not in the store: rolled back, cut off or made anew.`
    findings.add({ kind: 'anchor', what, root })
  }
  return {
    count,
    lastNumber: last?.number ?? 0,
    sealedThrough: last?.toSeq ?? 0,
    lastLinks,
    unsigned,
    byVaultKey,
  }
}

/** Compares sealed intervals with their records, as these come by in order. */
export class IntervalCheck {
  readonly #roots: AsyncGenerator<LedgerRootRow>
  #root: LedgerRootRow | undefined
  #tree = new MerkleTree()
  /** Intervals without all of their records: a prune may explain them. */
  readonly incomplete: LedgerRootRow[] = []
  #started = false

  constructor(
    store: Pick<LedgerStore, 'listRoots'>,
    readonly lastNumber: number,
    readonly findings: Findings,
  ) {
    this.#roots = eachRoot(store)
  }

  async take(entry: LedgerEntry): Promise<void> {
    if (!this.#started) await this.#next()
    while (this.#root !== undefined && entry.seq > this.#root.toSeq) await this.#next()
    if (this.#root !== undefined && entry.seq >= this.#root.fromSeq) this.#tree.append(leafHash(encodeEntry(entry)))
  }

  async finish(): Promise<void> {
    if (!this.#started) await this.#next()
    while (this.#root !== undefined) await this.#next()
  }

  async #next(): Promise<void> {
    this.#started = true
    if (this.#root !== undefined) this.#compare(this.#root)
    this.#tree = new MerkleTree()
    const { value } = await this.#roots.next()
    this.#root = value === undefined || value.number > this.lastNumber ? undefined : value
  }

  #compare(row: LedgerRootRow): void {
    const { number: root, count, fromSeq, toSeq } = row
    if (this.#tree.size < count) {
      this.incomplete.push(row)
    } else if (this.#tree.size > count) {
      const what = `Records ${fromSeq} to ${toSeq} hold more than root ${root} sealed.`
      this.findings.add({ kind: 'interval', what, root, seq: fromSeq })
    } else if (!equalBytes(this.#tree.root(), row.root)) {
      const what = `Records ${fromSeq} to ${toSeq} are not those that root ${root} sealed.`
      this.findings.add({ kind: 'interval', what, root, seq: fromSeq })
    }
  }
}
