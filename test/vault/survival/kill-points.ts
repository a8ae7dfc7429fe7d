import { writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'

/**
 * Counts the places at which a process may die, and kills it at one of them. Nothing in `src` knows of them: they lie
 * around a store's methods, and before what SQLite writes for good.
 */
export class KillPoints {
  readonly labels: string[] = []
  #armed = false

  /** @param killAt number of the point at which to die; none for a dry run. */
  constructor(readonly killAt: number | undefined) {
    // Both the vault and LangGraph's saver write through this driver; every statement shares the prototype.
    const statement = new Database(':memory:').prepare('CREATE TABLE t (c)')
    const prototype = Object.getPrototypeOf(statement) as { run(...cells: unknown[]): unknown; source: string }
    const { run } = prototype
    const reach = (label: string) => this.#reach(label)
    prototype.run = function (this: { source: string }, ...cells) {
      if (this.source === 'COMMIT') reach('in a transaction, before its COMMIT')
      return run.apply(this, cells)
    }
  }

  /** From here on. What comes before, such as opening the files, is not counted. */
  arm(): void {
    this.#armed = true
  }

  /** Puts a point before and one after each call of these methods. */
  around<Target extends object>(name: string, target: Target, methods: (method: string) => boolean): Target {
    return new Proxy(target, {
      get: (_, key) => {
        const member: unknown = Reflect.get(target, key, target)
        if (typeof member !== 'function') return member
        const call = (member as (...args: unknown[]) => unknown).bind(target)
        if (typeof key !== 'string' || !methods(key)) return call
        return async (...args: unknown[]) => {
          this.#reach(`before ${name}.${key}`)
          const result = await call(...args)
          this.#reach(`after ${name}.${key}`)
          return result
        }
      },
    })
  }

  write(file: string): void {
    writeFileSync(file, JSON.stringify(this.labels))
  }

  #reach(label: string): void {
    if (!this.#armed) return
    if (this.labels.length === this.killAt) process.kill(process.pid, 'SIGKILL')
    this.labels.push(label)
  }
}
