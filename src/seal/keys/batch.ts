import { KeyProviderError } from '../../errors.js'
import { equalBytes } from '../bytes.js'
import type { BoundKey, KeyProvider, PlainKey, UnwrapResult, WrappedKey } from '../key-provider.js'

/** For a wrapped key that is the provider's own and does not open. One message: it tells no more than that. */
export function damagedKey(keyId: string): KeyProviderError {
  return new KeyProviderError(`A data key wrapped by ${keyId} is damaged or was moved from another record.`, false)
}

/**
 * Unwraps many keys: in one request where the provider has batches, else one after the other.
 * @throws KeyProviderError when the service does not answer; a damaged key is a result.
 */
export async function unwrapAll(provider: KeyProvider, keys: readonly BoundKey[]): Promise<readonly UnwrapResult[]> {
  if (keys.length === 0) return []
  if (provider.unwrapMany !== undefined && keys.length > 1) return provider.unwrapMany(keys)
  const results: UnwrapResult[] = []
  for (const { wrapped, context } of keys) {
    try {
      results.push(await provider.unwrap(wrapped, context))
    } catch (error) {
      if (!(error instanceof KeyProviderError) || error.retryable) throw error
      results.push(error)
    }
  }
  return results
}

async function wrapAll(provider: KeyProvider, keys: readonly PlainKey[]): Promise<readonly WrappedKey[]> {
  if (keys.length === 0) return []
  if (provider.wrapMany !== undefined && keys.length > 1) return provider.wrapMany(keys)
  const wrapped: WrappedKey[] = []
  for (const { key, context } of keys) wrapped.push(await provider.wrap(key, context))
  return wrapped
}

/**
 * Wraps keys anew under the provider's current key. Each new wrapping is opened once before it is handed out, since its
 * caller is about to overwrite the only other copy of the key.
 * @returns for each key the new wrapping, null for a key that the provider does not hold, or why it is broken.
 * @throws KeyProviderError when the service does not answer, or answers with a wrapping that does not open.
 */
export async function rewrapAll(
  provider: KeyProvider,
  keys: readonly BoundKey[],
): Promise<readonly (WrappedKey | null | KeyProviderError)[]> {
  const opened = await unwrapAll(provider, keys)
  const sound = keys.flatMap((item, index) => {
    const key = opened[index]
    return key instanceof Uint8Array ? [{ ...item, key, index }] : []
  })
  const inside = (await provider.rewrapMany?.(sound)) ?? sound.map(() => null)
  const left = sound.filter((_, i) => inside[i] === null)
  const outside = await wrapAll(provider, left)
  const results: (WrappedKey | null | KeyProviderError)[] = opened.map((key) =>
    key instanceof Uint8Array ? null : key,
  )
  const wrapped = sound.map((item, i) => inside[i] ?? outside[left.indexOf(item)]!)
  const checked = await unwrapAll(
    provider,
    sound.map(({ context }, i) => ({ wrapped: wrapped[i]!, context })),
  )
  for (const [i, { key, index }] of sound.entries()) {
    const again = checked[i]
    if (!(again instanceof Uint8Array) || !equalBytes(again, key)) {
      throw new KeyProviderError(
        'The key provider wrapped a key and cannot open it again; the old wrapping was kept.',
        false,
      )
    }
    results[index] = wrapped[i]!
  }
  return results
}
