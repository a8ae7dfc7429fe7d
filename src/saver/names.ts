import type { Scanner } from '../detect/scanner.js'
import { SecretInNameError } from '../errors.js'

const MAX_CHECKED = 10_000

/**
 * Refuses names (thread and task ids, namespaces, channels, nodes) that are secrets for certain: they are keys in the
 * store, so nothing can take their place. Session ids are not secrets: only a format that proves itself counts.
 */
export class NameCheck {
  readonly #clean = new Set<string>()

  constructor(
    readonly scanner: Scanner,
    readonly mode: 'throw' | 'warn',
  ) {}

  /** @throws SecretInNameError */
  check(names: Iterable<unknown>): void {
    for (const name of names) {
      if (typeof name !== 'string' || this.#clean.has(name)) continue
      const hit = this.scanner
        .scan(name)
        .find(({ rule, confidence }) => rule.action === 'seal' && (confidence === 'certain' || confidence === 'high'))
      if (hit === undefined) {
        if (this.#clean.size >= MAX_CHECKED) this.#clean.clear()
        this.#clean.add(name)
        continue
      }
      const what = `A thread id, run id, namespace, key, task id or channel name (${name.length} characters) is a credential by rule "${hit.rule.id}". Names are stored as they are`
      if (this.mode === 'throw') throw new SecretInNameError(`${what}: use another name. Nothing was stored.`)
      process.emitWarning(`${what}.`, { code: 'SECRET_SAFE_NAME' })
    }
  }
}
