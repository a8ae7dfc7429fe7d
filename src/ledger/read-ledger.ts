import type { LedgerEntry, LedgerQuery } from './event.js'
import type { LedgerRootRow, LedgerStore, LedgerWriterRow } from './ledger-store.js'

const PAGE = 1_000
const ROW_PAGE = 500

/** Entries in order, page by page. */
export async function* eachEntry(
  store: Pick<LedgerStore, 'readEvents'>,
  query: LedgerQuery = {},
): AsyncGenerator<LedgerEntry> {
  for (let after = query.after ?? 0; ; ) {
    const page = await store.readEvents({ ...query, after, limit: PAGE })
    yield* page
    if (page.length < PAGE) return
    after = page.at(-1)!.seq
  }
}

export async function* eachWriter(store: Pick<LedgerStore, 'listWriters'>): AsyncGenerator<LedgerWriterRow> {
  for (let after = ''; ; ) {
    const page = await store.listWriters(after, ROW_PAGE)
    yield* page
    if (page.length < ROW_PAGE) return
    after = page.at(-1)!.writer
  }
}

/** The row of one writer. */
export async function findWriter(
  store: Pick<LedgerStore, 'listWriters'>,
  writer: string,
): Promise<LedgerWriterRow | undefined> {
  // Ids are random and of one length: at most 16 begin like this one and differ in the last character.
  const rows = await store.listWriters(writer.slice(0, -1), 16)
  return rows.find((row) => row.writer === writer)
}

export async function* eachRoot(store: Pick<LedgerStore, 'listRoots'>, after = 0): AsyncGenerator<LedgerRootRow> {
  for (let last = after; ; ) {
    const page = await store.listRoots(last, ROW_PAGE)
    yield* page
    if (page.length < ROW_PAGE) return
    last = page.at(-1)!.number
  }
}

/** In a number of reads that grows with the logarithm: roots have no gaps and are never removed. */
export async function lastRoot(store: Pick<LedgerStore, 'listRoots'>): Promise<LedgerRootRow | undefined> {
  const at = async (number: number) => (await store.listRoots(number - 1, 1))[0]
  let found = await at(1)
  if (found === undefined) return undefined
  let missing = 2
  for (let row = await at(missing); row !== undefined; row = await at(missing)) {
    found = row
    missing *= 2
  }
  while (found.number + 1 < missing) {
    const middle = Math.floor((found.number + missing) / 2)
    const row = await at(middle)
    if (row === undefined) missing = middle
    else found = row
  }
  return found
}
