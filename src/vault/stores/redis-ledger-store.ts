import type { LedgerEntry, LedgerQuery } from '../../ledger/event.js'
import type { LedgerHead, LedgerRootRow, LedgerStore, LedgerWriterRow } from '../../ledger/ledger-store.js'
import { checkPrune } from './check-commit.js'
import { ledgerRootCodec, ledgerWriterCodec } from './codecs.js'
import { matches } from './ledger-matches.js'
import { RedisKeyStore } from './redis-key-store.js'
import { LEDGER_SCRIPTS } from './redis-ledger-scripts.js'
import { bufferOf, entryOf, fieldsOf, many, maybe, type Reply } from './redis-rows.js'
import type { RedisRunner } from './redis-runner.js'
import { TABLE_SCRIPTS } from './redis-table-scripts.js'
import { checkLimit, checkTexts } from './row-codec.js'

const PAGE = 1_000
const PRUNE_PORTION = 500

/** The ledger of a vault in Redis: its records, the heads of its chains, its roots. */
export abstract class RedisLedgerStore extends RedisKeyStore implements LedgerStore {
  readonly #redis: RedisRunner

  protected constructor(redis: RedisRunner, assumeNoEviction: boolean) {
    super(redis, assumeNoEviction)
    this.#redis = redis
  }

  async readEvents(query: LedgerQuery): Promise<readonly LedgerEntry[]> {
    checkTexts(query)
    const limit = checkLimit(query.limit ?? 1000)
    const found: LedgerEntry[] = []
    for (let after = query.after ?? 0; ; ) {
      const args = [after, ...maybe(query.claim), PAGE]
      const page = ((await this.#redis.read(LEDGER_SCRIPTS.events, args)) as Reply[][]).map(entryOf)
      found.push(...page.filter((entry) => matches(entry, query)))
      if (page.length < PAGE || found.length >= limit) return found.slice(0, limit)
      after = page.at(-1)?.seq ?? after
    }
  }

  async registerWriter(row: LedgerWriterRow): Promise<void> {
    await this.#redis.write(LEDGER_SCRIPTS.addWriter, [row.writer, ...many(fieldsOf(ledgerWriterCodec, row))])
  }

  async advanceHead(writer: string, head: LedgerHead, expectedLink: number): Promise<boolean> {
    const { link, at, unsettled, closed, mac } = head
    const fields = ['link', link, 'at', at, 'unsettled', JSON.stringify(unsettled), 'closed', closed ? 1 : 0]
    return this.#redis.swap(`writer:${writer}`, 'link', expectedLink, [...fields, 'mac', bufferOf(mac)])
  }

  async listWriters(after = '', limit = 500): Promise<readonly LedgerWriterRow[]> {
    return this.#redis.rows('read', ledgerWriterCodec, TABLE_SCRIPTS.page, [
      'writer',
      'writers',
      after,
      checkLimit(limit),
    ])
  }

  async addRoot(row: LedgerRootRow): Promise<boolean> {
    const args = [row.number, rootName(row.number), ...many(fieldsOf(ledgerRootCodec, row))]
    return Number(await this.#redis.write(LEDGER_SCRIPTS.addRoot, args)) === 1
  }

  async listRoots(after = 0, limit = 500): Promise<readonly LedgerRootRow[]> {
    const args = ['root', 'roots', rootName(after), checkLimit(limit)]
    return this.#redis.rows('read', ledgerRootCodec, TABLE_SCRIPTS.page, args)
  }

  /** In portions, so that Redis is not held up; each is a transaction. */
  async pruneEvents(throughSeq: number): Promise<number> {
    const count = Number(await this.#redis.read(LEDGER_SCRIPTS.countRoots, []))
    const [last] = count === 0 ? [] : await this.listRoots(count - 1, 1)
    checkPrune(throughSeq, last?.toSeq)
    for (let pruned = 0; ; ) {
      const portion = Number(await this.#redis.write(LEDGER_SCRIPTS.prune, [throughSeq, PRUNE_PORTION]))
      pruned += portion
      if (portion < PRUNE_PORTION) return pruned
    }
  }
}

/** Names are listed in byte order. */
const rootName = (number: number): string => String(number).padStart(16, '0')
