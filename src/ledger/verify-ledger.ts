import type { AnchoredRoot } from './anchors.js'
import { blindSpots } from './blind-spots.js'
import { IntervalCheck, type RootKeys, type RootSurvey, surveyRoots } from './check-roots.js'
import { WriterCheck } from './check-writer.js'
import type { LedgerEntry } from './event.js'
import { type FirstKeyOpener, openFirstKey } from './first-key.js'
import { Findings, type LedgerReport } from './ledger-report.js'
import type { LedgerRootRow, LedgerStore, LedgerWriterRow } from './ledger-store.js'
import { type LinkRange, toRanges } from './link-ranges.js'
import { prunedThrough } from './prune-event.js'
import { eachEntry, eachRoot, eachWriter, findWriter } from './read-ledger.js'
import { parseWriters } from './root.js'

export interface VerifyOptions extends FirstKeyOpener, RootKeys {
  readonly store: Pick<LedgerStore, 'readEvents' | 'listWriters' | 'listRoots'>
  /** Roots that were kept outside of the store. */
  readonly anchored?: readonly AnchoredRoot[]
}

/**
 * Checks every record against its writer's chain, and every sealed interval against its root. Memory grows with the
 * number of writers, not with that of records.
 * @throws KeyProviderError (retryable), VaultUnavailableError when it cannot be done.
 */
export async function verifyLedger(options: VerifyOptions): Promise<LedgerReport> {
  return new Verification(options).run()
}

class Verification {
  readonly #findings = new Findings()
  readonly #writers = new Map<string, WriterCheck | 'unchecked'>()
  readonly #options: VerifyOptions
  #records = 0
  #unchained = 0
  #isChained = false
  #kekWriters = 0
  #auditedWriters = 0
  /** The last root whose interval a verified event says was pruned. */
  #prunedRoot = 0

  constructor(options: VerifyOptions) {
    this.#options = options
  }

  async run(): Promise<LedgerReport> {
    const { store, anchored = [] } = this.#options
    const findings = this.#findings
    // Before the records: what a head or a root says was written must be there when the records are read.
    const survey = await surveyRoots(store, this.#options, anchored, findings)
    for await (const row of eachWriter(store)) await this.#begin(row, survey)
    const intervals = new IntervalCheck(store, survey.lastNumber, findings)
    for await (const entry of eachEntry(store)) {
      await intervals.take(entry)
      await this.#check(entry, survey)
    }
    await intervals.finish()
    const pruned = this.#explainIntervals(intervals.incomplete)
    const unsettled = await this.#finishWriters()
    return {
      intact: findings.count === 0,
      records: this.#records,
      writers: this.#writers.size,
      roots: survey.count,
      sealedThrough: survey.sealedThrough,
      pruned,
      unchained: this.#unchained,
      findings: findings.list,
      findingCount: findings.count,
      unsettled,
      blindSpots: blindSpots({
        survey,
        anchored: anchored.length > 0,
        trustsSigners: this.#options.signers.length > 0,
        knowsVault: this.#options.registrationMac !== undefined,
        kekWriters: this.#kekWriters,
        auditedWriters: this.#auditedWriters,
        unchained: this.#unchained,
      }),
    }
  }

  async #begin(row: LedgerWriterRow, survey: RootSurvey): Promise<WriterCheck | 'unchecked'> {
    const check = await this.#open(row, survey)
    this.#writers.set(row.writer, check)
    return check
  }

  async #open(row: LedgerWriterRow, survey: RootSurvey): Promise<WriterCheck | 'unchecked'> {
    const { writer } = row
    if (row.sealedTo === 'kek') this.#kekWriters += 1
    else this.#auditedWriters += 1
    const firstKey = await openFirstKey(this.#options, row)
    if (firstKey instanceof Uint8Array) {
      return new WriterCheck(row, firstKey, this.#findings, survey.lastLinks.get(writer) ?? 0)
    }
    if (firstKey === 'damaged') {
      this.#findings.add({ kind: 'writer', what: `Writer ${writer} is not as this vault registered it.`, writer })
    } else {
      const what = `Writer ${writer} cannot be checked: the key ${row.keyId} is not at hand.`
      this.#findings.add({ kind: 'unchecked', what, writer })
    }
    return 'unchecked'
  }

  async #check(entry: LedgerEntry, survey: RootSurvey): Promise<void> {
    const { writer, link, mac, seq } = entry
    this.#records += 1
    if (link === null || mac === null) {
      this.#unchained += 1
      if (this.#isChained) {
        this.#findings.add({
          kind: 'unchained',
          what: `Record ${seq} has no link, and earlier ones have.`,
          seq,
          writer,
        })
      }
      return
    }
    this.#isChained = true
    const check = this.#writers.get(writer) ?? (await this.#late(entry, survey))
    if (check === 'unchecked') return
    if (check.check({ ...entry, link, mac })) {
      this.#prunedRoot = Math.max(this.#prunedRoot, prunedThrough(entry) ?? 0)
    }
  }

  /** A writer that began while this check was running. */
  async #late({ writer, seq }: LedgerEntry, survey: RootSurvey): Promise<WriterCheck | 'unchecked'> {
    const row = await findWriter(this.#options.store, writer)
    if (row !== undefined) return this.#begin(row, survey)
    const what = `Record ${seq} is the first of writer ${writer}, which is not registered.`
    this.#findings.add({ kind: 'unknown-writer', what, writer, seq })
    this.#writers.set(writer, 'unchecked')
    return 'unchecked'
  }

  /** @returns how many records the pruned intervals held. */
  #explainIntervals(incomplete: readonly LedgerRootRow[]): number {
    let pruned = 0
    for (const { number: root, count, fromSeq, toSeq } of incomplete) {
      if (root <= this.#prunedRoot) {
        pruned += count
        continue
      }
      const what = `Of the ${count} records from ${fromSeq} to ${toSeq} that root ${root} sealed, some are missing.`
      this.#findings.add({ kind: 'interval', what, root, seq: fromSeq })
    }
    return pruned
  }

  async #finishWriters(): Promise<LedgerReport['unsettled']> {
    const pruned = await this.#prunedLinks()
    const unsettled: { readonly writer: string; readonly links: readonly LinkRange[] }[] = []
    for (const [writer, check] of this.#writers) {
      if (check === 'unchecked') continue
      const links = toRanges(check.finish(toRanges(pruned.get(writer) ?? [])))
      if (links.length > 0) unsettled.push({ writer, links })
    }
    return unsettled
  }

  async #prunedLinks(): Promise<ReadonlyMap<string, LinkRange[]>> {
    const links = new Map<string, LinkRange[]>()
    if (this.#prunedRoot === 0) return links
    for await (const row of eachRoot(this.#options.store)) {
      if (row.number > this.#prunedRoot) break
      for (const [writer, ranges] of parseWriters(row.writers)) {
        const list = links.get(writer)
        if (list === undefined) links.set(writer, [...ranges])
        else list.push(...ranges)
      }
    }
    return links
  }
}
