import { equalBytes, hmacSha256 } from '../seal/bytes.js'
import { ChainKeys } from './chain-keys.js'
import type { LedgerEntry } from './event.js'
import type { Findings } from './ledger-report.js'
import type { LedgerWriterRow } from './ledger-store.js'
import { type LinkRange, showRanges, subtractRanges } from './link-ranges.js'
import { encodeRecord } from './record-bytes.js'

/** No more links than these are walked beyond what is known to exist: a forged number would keep the check busy for ever. */
const MAX_AHEAD = 10_000_000

interface Missing {
  readonly first: number
  readonly last: number
  /** Walked up to the link before `first`. */
  readonly keys: ChainKeys
}

/** Walks one writer's chain along its records; remembers what is missing so far, and nothing of what was in order. */
export class WriterCheck {
  readonly #keys: ChainKeys
  #missing: Missing[] = []
  #lastSeen = 0

  /**
   * @param knownLink the last link that a sealed root names for this writer.
   */
  constructor(
    readonly row: LedgerWriterRow,
    firstKey: Uint8Array,
    readonly findings: Findings,
    readonly knownLink: number,
  ) {
    this.#keys = new ChainKeys(firstKey)
    this.#checkHead()
  }

  /** @returns true when the record is what its writer signed. */
  check(entry: LedgerEntry & { readonly link: number; readonly mac: Uint8Array }): boolean {
    const { writer, link, seq } = entry
    const at = { writer, link, seq }
    if (!Number.isSafeInteger(link) || link < 1 || link > this.#horizon()) {
      this.findings.add({ kind: 'edited', what: `Record ${seq} names a link that its writer cannot have.`, ...at })
      return false
    }
    if (this.row.closed && link > this.row.link) {
      this.findings.add({ kind: 'after-end', what: `Record ${seq} is beyond the registered end of its chain.`, ...at })
      return false
    }
    const key = this.#keyOf(link)
    if (key === undefined) {
      this.findings.add({ kind: 'duplicate', what: `Record ${seq} has a link that was there already.`, ...at })
      return false
    }
    this.#lastSeen = Math.max(this.#lastSeen, link)
    if (equalBytes(hmacSha256(key, encodeRecord(entry)), entry.mac)) return true
    this.findings.add({ kind: 'edited', what: `Record ${seq} is not what its writer signed.`, ...at })
    return false
  }

  /**
   * @param pruned links that a prune took, by the sealed roots.
   * @returns links that may be missing without anybody's doing.
   */
  finish(pruned: readonly LinkRange[]): readonly LinkRange[] {
    const { row } = this
    if (row.link <= this.#horizon()) {
      if (this.#keys.link < row.link) this.#skipTo(row.link)
    } else {
      this.#add('head', 'A registered head names a link that its writer cannot have.')
    }
    const absent = subtractRanges(
      this.#missing.map(({ first, last }): LinkRange => [first, last]),
      pruned,
    )
    const explained = subtractRanges(absent, row.unsettled)
    const behindHead = explained.flatMap(([first, last]): LinkRange[] =>
      first <= row.link ? [[first, Math.min(last, row.link)]] : [],
    )
    for (const range of behindHead) this.#reportMissing(range)
    return subtractRanges(absent, behindHead)
  }

  #reportMissing(range: LinkRange): void {
    const [link] = range
    const links = showRanges([range])
    const { writer } = this.row
    if (link > this.#lastSeen) {
      const what = `Writer ${writer} is cut off: link ${links} is missing behind its registered head.`
      this.findings.add({ kind: 'truncated', what, writer, link })
    } else {
      this.findings.add({ kind: 'gap', what: `Link ${links} of writer ${writer} is missing.`, writer, link })
    }
  }

  #keyOf(link: number): Uint8Array | undefined {
    if (link > this.#keys.link) {
      if (link > this.#keys.link + 1) this.#skipTo(link - 1)
      return this.#step()
    }
    const index = this.#missing.findIndex(({ first, last }) => first <= link && link <= last)
    const found = this.#missing[index]
    if (found === undefined) return undefined
    const keys = found.keys.fork()
    while (keys.link < link - 1) keys.next()
    const key = keys.next()
    const before = { first: found.first, last: link - 1, keys: found.keys }
    const after = { first: link + 1, last: found.last, keys }
    this.#missing.splice(index, 1, ...[before, after].filter(({ first, last }) => first <= last))
    return key
  }

  #skipTo(link: number): void {
    this.#missing.push({ first: this.#keys.link + 1, last: link, keys: this.#keys.fork() })
    while (this.#keys.link < link) this.#step()
  }

  #step(): Uint8Array {
    const key = this.#keys.next()
    this.#checkHead()
    return key
  }

  #checkHead(): void {
    const { writer, link, mac } = this.row
    if (this.#keys.link !== link || equalBytes(this.#keys.headMac(writer, this.row), mac)) return
    this.#add('head', `The registered head of writer ${writer} is not what the writer signed.`)
  }

  #add(kind: 'head', what: string): void {
    const { writer, link } = this.row
    this.findings.add({ kind, what, writer, link })
  }

  #horizon(): number {
    return Math.max(this.#keys.link, this.knownLink) + MAX_AHEAD
  }
}
