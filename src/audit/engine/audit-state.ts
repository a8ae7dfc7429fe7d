import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { ConfigError, StoreUnreadableError } from '../../errors.js'
import type { CollectorState } from '../collect/collector.js'
import type { Unit } from '../sources/source.js'

const SCHEMA = 'langgraph-secret-safe/audit-state@1'

/** Where an audit was interrupted, and what it had found. */
export interface SavedAudit {
  /** Of fingerprints, base64: whoever has it and a fingerprint may try guesses on it. */
  readonly key: string
  readonly startedAt: number
  /** Sources that are done. */
  readonly source: number
  /** The last unit of `source` that was given out, and those before it that are not done. */
  readonly lastUnit: Unit | null
  readonly open: readonly Unit[]
  readonly collected: CollectorState
  readonly layouts: readonly (readonly [kind: string, layout: string | null])[]
}

interface StateFile extends SavedAudit {
  readonly schema: typeof SCHEMA
  readonly asked: string
}

/** A file that holds an interrupted audit: fingerprints and names, no secret; for its owner's eyes all the same. */
export class AuditStateFile {
  readonly #file: string
  readonly #asked: string

  /** @param asked what this audit is over: a state of another one is refused. */
  constructor(file: string, asked: unknown) {
    this.#file = file
    this.#asked = createHash('sha256').update(JSON.stringify(asked)).digest('hex')
  }

  /** @throws ConfigError for a file of another audit, or that is none. */
  load(): SavedAudit | undefined {
    if (!existsSync(this.#file)) return undefined
    const state = parse(readFileSync(this.#file, 'utf8'))
    if (state?.schema !== SCHEMA) throw new ConfigError('The file given as --state holds no interrupted audit.')
    if (state.asked !== this.#asked) {
      throw new ConfigError('The file given as --state is of an audit of another store, or with other options.')
    }
    return state
  }

  /** The audit came to its end. */
  remove(): void {
    rmSync(this.#file, { force: true })
  }

  /** Whole or not at all. @throws StoreUnreadableError */
  save(saved: SavedAudit): void {
    const state: StateFile = { schema: SCHEMA, asked: this.#asked, ...saved }
    const draft = `${this.#file}.${process.pid}.tmp`
    try {
      writeFileSync(draft, JSON.stringify(state), { mode: 0o600 })
      renameSync(draft, this.#file)
    } catch {
      throw new StoreUnreadableError('The file given as --state could not be written.')
    }
  }
}

function parse(text: string): StateFile | undefined {
  try {
    return JSON.parse(text) as StateFile
  } catch {
    return undefined
  }
}
