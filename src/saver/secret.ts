import { inspect } from 'node:util'

// Shared by the ESM and the CJS copy of this package: a value marked by one is known to the other.
const BRAND = Symbol.for('langgraph-secret-safe.secret')
const REDACTED = '[redacted]'

/**
 * A value that is secret whatever it looks like. Prints `[redacted]` everywhere; sealed as a whole when persisted, and
 * restored as a `Secret` again. Without a SecretSafeSaver it persists as `[redacted]`, never as plaintext.
 */
export interface Secret<T> {
  readonly [BRAND]: true
  /** The value. Use it where it is needed and keep it out of variables that live long. */
  expose(): T
  toJSON(): string
  toString(): string
}

class SecretValue<T> implements Secret<T> {
  readonly #value: T
  declare readonly [BRAND]: true

  constructor(value: T) {
    this.#value = value
    Object.freeze(this)
  }

  expose(): T {
    return this.#value
  }

  toJSON(): string {
    return REDACTED
  }

  toString(): string {
    return REDACTED
  }

  [Symbol.toPrimitive](): string {
    return REDACTED
  }

  [inspect.custom](): string {
    return REDACTED
  }
}

Object.defineProperty(SecretValue.prototype, BRAND, { value: true })

/** Marks any serializable value as secret. A `Secret` is returned as it is. */
export function secret<T>(value: T | Secret<T>): Secret<T> {
  return isSecret(value) ? value : new SecretValue(value)
}

export function isSecret(value: unknown): value is Secret<unknown> {
  return typeof value === 'object' && value !== null && (value as { [BRAND]?: unknown })[BRAND] === true
}
