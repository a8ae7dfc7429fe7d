import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ConfigError, foreignCode } from '../../errors.js'
import type { LedgerEntry } from '../../ledger/event.js'
import type { LedgerStore } from '../../ledger/ledger-store.js'

/** What was last seen of a vault's ledger, kept outside of its database: a restored backup cannot bring it back. */
export interface Witness {
  readonly vaultId: string
  /** The newest record; 0 for none. */
  readonly seq: number
  /** Its MAC, hex; empty for none, and for a record of schema version 1. */
  readonly mac: string
  /** When it was seen, ms since the epoch by this host. */
  readonly at: number
}

/** @returns undefined when there is none. @throws ConfigError for a file that is no witness. */
export function readWitness(file: string): Witness | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (foreignCode(error)?.code === 'ENOENT') return undefined
    throw new ConfigError(`The witness ${file} could not be read (${foreignCode(error)?.code ?? 'unknown'}).`)
  }
  const witness = parse(text)
  const valid =
    typeof witness?.vaultId === 'string' &&
    Number.isSafeInteger(witness.seq) &&
    typeof witness.mac === 'string' &&
    Number.isSafeInteger(witness.at)
  if (!valid) throw new ConfigError(`${file} is no witness of a vault. Move it away to begin anew.`)
  return witness
}

/** Whole or not at all. Made with mode 0600, and kept out of git. */
export function writeWitness(file: string, witness: Witness): void {
  const directory = path.dirname(path.resolve(file))
  try {
    const made = mkdirSync(directory, { recursive: true, mode: 0o700 })
    if (made !== undefined) writeFileSync(path.join(directory, '.gitignore'), '*\n')
    writeFileSync(`${file}.new`, `${JSON.stringify(witness)}\n`, { mode: 0o600 })
    renameSync(`${file}.new`, file)
  } catch (error) {
    throw new ConfigError(`The witness ${file} could not be written (${foreignCode(error)?.code ?? 'unknown'}).`)
  }
}

export async function witnessOf(store: LedgerStore, vaultId: string, from: number): Promise<Witness> {
  const last = await lastEntry(store, from)
  return { vaultId, seq: last?.seq ?? 0, mac: macOf(last), at: Date.now() }
}

/**
 * Whether the ledger still holds what was seen of it. A record that was pruned is covered by a sealed root.
 * @returns why not; undefined when all is well.
 */
export async function whyRolledBack(store: LedgerStore, seen: Witness): Promise<string | undefined> {
  if (seen.seq === 0) return undefined
  const [entry] = await store.readEvents({ after: seen.seq - 1, limit: 1 })
  if (entry?.seq === seen.seq) {
    return macOf(entry) === seen.mac ? undefined : `record ${seen.seq} of the ledger is another one than was seen`
  }
  for (let after = 0; ; ) {
    const roots = await store.listRoots(after)
    if (roots.some(({ fromSeq, toSeq }) => fromSeq <= seen.seq && seen.seq <= toSeq)) return undefined
    if (roots.length === 0) return `record ${seen.seq} of the ledger, which was seen, is gone`
    after = roots.at(-1)!.number
  }
}

/** Readers get records in order only: this looks for the last one by doubling, and then by halves. */
async function lastEntry(store: LedgerStore, from: number): Promise<LedgerEntry | undefined> {
  const next = async (after: number) => (await store.readEvents({ after, limit: 1 }))[0]
  let last = await next(Math.max(0, from - 1))
  if (last === undefined) return from === 0 ? undefined : lastEntry(store, 0)
  let step = 1
  for (let found = await next(last.seq + step); found !== undefined; found = await next(last.seq + step)) {
    last = found
    step *= 2
  }
  for (let end = last.seq + step; last.seq < end; ) {
    const middle = Math.floor((last.seq + end) / 2)
    const found = await next(middle)
    if (found === undefined) end = middle
    else last = found
  }
  return last
}

const macOf = (entry: LedgerEntry | undefined): string => Buffer.from(entry?.mac ?? []).toString('hex')

function parse(text: string): Witness | undefined {
  try {
    return JSON.parse(text) as Witness
  } catch {
    return undefined
  }
}
