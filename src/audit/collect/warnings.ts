import type { AuditWarning } from '../report.js'

/** What keeps an audit without findings from being a clean one: something was not read at all. */
const FAILURES: ReadonlySet<string> = new Set([
  'archive-unreadable',
  'connection-lost',
  'file-damaged',
  'file-truncated',
  'file-unreadable',
  'decompression-stopped',
  'source-unreadable',
  'sqlite-damaged',
  'sqlite-encrypted-or-damaged',
  'sqlite-locked',
  'table-forbidden',
  'value-encrypted',
  'value-format-unknown',
])

/** Warnings of one kind are one warning with a count. */
export class Warnings {
  readonly #byKey = new Map<string, AuditWarning>()

  add(code: string, message: string, source: number | undefined, count = 1): void {
    const key = `${source ?? ''} ${code}`
    const known = this.#byKey.get(key)
    const least = known === undefined || message < known.message ? message : known.message
    const warning = { code, message: least, ...(source === undefined ? {} : { source }) }
    this.#byKey.set(key, { ...warning, count: count + (known?.count ?? 0) })
  }

  merge(warnings: readonly AuditWarning[]): void {
    for (const { code, message, source, count } of warnings) this.add(code, message, source, count)
  }

  get hasFailure(): boolean {
    return [...this.#byKey.values()].some(isFailure)
  }

  list(): AuditWarning[] {
    return [...this.#byKey.values()].sort(
      (a, b) => (a.source ?? -1) - (b.source ?? -1) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
    )
  }
}

/** True for what was not read at all. */
export function isFailure({ code }: AuditWarning): boolean {
  return FAILURES.has(code)
}
