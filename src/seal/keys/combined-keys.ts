import { inspect } from 'node:util'
import type { BoundKey, KeyProvider, PlainKey, UnwrapResult, WrappedKey } from '../key-provider.js'
import { unwrapAll } from './batch.js'

/** Several providers as one; see `combineKeys`. */
class CombinedKeys implements KeyProvider {
  readonly wrapMany?: (keys: readonly PlainKey[]) => Promise<readonly WrappedKey[]>
  readonly rewrapMany?: (keys: readonly BoundKey[]) => Promise<readonly (WrappedKey | null)[]>

  constructor(
    readonly first: KeyProvider,
    readonly rest: readonly KeyProvider[],
  ) {
    if (first.wrapMany !== undefined) this.wrapMany = (keys) => first.wrapMany!(keys)
    // It answers null for the keys of the others.
    if (first.rewrapMany !== undefined) this.rewrapMany = (keys) => first.rewrapMany!(keys)
  }

  currentId(): Promise<string> {
    return this.first.currentId()
  }

  wrap(key: Uint8Array, context: Uint8Array): Promise<WrappedKey> {
    return this.first.wrap(key, context)
  }

  async unwrap(wrapped: WrappedKey, context: Uint8Array): Promise<Uint8Array | null> {
    for (const provider of [this.first, ...this.rest]) {
      const key = await provider.unwrap(wrapped, context)
      if (key !== null) return key
    }
    return null
  }

  async unwrapMany(keys: readonly BoundKey[]): Promise<readonly UnwrapResult[]> {
    const results: UnwrapResult[] = keys.map(() => null)
    for (const provider of [this.first, ...this.rest]) {
      const open = [...results.keys()].filter((i) => results[i] === null)
      const answers = await unwrapAll(
        provider,
        open.map((i) => keys[i]!),
      )
      for (const [at, i] of open.entries()) results[i] = answers[at]!
    }
    return results
  }

  async close(): Promise<void> {
    for (const provider of [this.first, ...this.rest]) await provider.close?.()
  }

  toJSON(): string {
    return `[CombinedKeys of ${this.rest.length + 1}]`
  }

  toString(): string {
    return this.toJSON()
  }

  [inspect.custom](): string {
    return this.toJSON()
  }
}

/**
 * Several providers as one: the first wraps; each unwraps what is its own, asked in order. So a vault moves from a key
 * file to a KMS: combine both, rotate, and leave the file out.
 */
export function combineKeys(first: KeyProvider, ...rest: readonly KeyProvider[]): KeyProvider {
  return rest.length === 0 ? first : new CombinedKeys(first, rest)
}
