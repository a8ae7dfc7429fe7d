import { writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'

interface Statement {
  readonly source: string
  readonly database: { readonly inTransaction: boolean }
}

/**
 * Counts the places at which a process may die, and kills it at one of them. Nothing in `src` knows of them: they lie in
 * every transaction that writes, just before its COMMIT, and after every call of a store that wrote. In between, nothing
 * on the disk differs.
 */
export class KillPoints {
  readonly labels: string[] = []
  #inWrite = false
  #wrote = false

  /** @param killAt number of the point at which to die; none for a dry run. */
  constructor(readonly killAt: number | undefined) {
    // Both the vault and LangGraph's saver write through this driver; every statement shares the prototype.
    const statement = new Database(':memory:').prepare('CREATE TABLE t (c)')
    const prototype = Object.getPrototypeOf(statement) as { run(...cells: unknown[]): unknown }
    const { run } = prototype
    const before = (sql: string, inTransaction: boolean) => this.#beforeStatement(sql, inTransaction)
    prototype.run = function (this: Statement, ...cells) {
      before(this.source, this.database.inTransaction)
      return run.apply(this, cells)
    }
  }

  /** Puts a point after each call of these methods that wrote. */
  around<Target extends object>(name: string, target: Target, methods: (method: string) => boolean): Target {
    return new Proxy(target, {
      get: (_, key) => {
        const member: unknown = Reflect.get(target, key, target)
        if (typeof member !== 'function') return member
        const call = (member as (...args: unknown[]) => unknown).bind(target)
        if (typeof key !== 'string' || !methods(key)) return call
        return async (...args: unknown[]) => {
          const result = await call(...args)
          if (this.#wrote) this.#reach(`after ${name}.${key}`)
          this.#wrote = false
          return result
        }
      },
    })
  }

  write(file: string): void {
    writeFileSync(file, JSON.stringify(this.labels))
  }

  #beforeStatement(sql: string, inTransaction: boolean): void {
    const takesLock = /^\s*BEGIN IMMEDIATE\b/i.test(sql)
    if (takesLock || /^\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b/i.test(sql)) {
      this.#wrote = true
      this.#inWrite = takesLock || inTransaction
    }
    if (!/^\s*COMMIT\b/i.test(sql) || !this.#inWrite) return
    this.#inWrite = false
    this.#reach('in a transaction, before its COMMIT')
  }

  #reach(label: string): void {
    if (this.labels.length === this.killAt) process.kill(process.pid, 'SIGKILL')
    this.labels.push(label)
  }
}
