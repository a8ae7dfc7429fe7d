import { KeyProviderError } from '../../errors.js'
import { equalBytes } from '../bytes.js'
import type { BoundKey, KeyProvider, PlainKey, UnwrapResult, WrappedKey } from '../key-provider.js'

const AT_ONCE = 8

/** For a wrapped key that is the provider's own and does not open. One message: it tells no more than that. */
export function damagedKey(keyId: string): KeyProviderError {
  return new KeyProviderError(`A data key wrapped by ${keyId} is damaged or was moved from another record.`, false)
}

/**
 * Unwraps many keys: in one request where the provider has batches, else a few at once.
 * @throws KeyProviderError when the service does not answer; a damaged key is a result.
 */
export async function unwrapAll(provider: KeyProvider, keys: readonly BoundKey[]): Promise<readonly UnwrapResult[]> {
  if (keys.length === 0) return []
  if (provider.unwrapMany !== undefined && keys.length > 1) return provider.unwrapMany(keys)
  return fewAtOnce(keys, async ({ wrapped, context }) => {
    try {
      return await provider.unwrap(wrapped, context)
    } catch (error) {
      if (!(error instanceof KeyProviderError) || error.retryable) throw error
      return error
    }
  })
}

async function wrapAll(provider: KeyProvider, keys: readonly PlainKey[]): Promise<readonly WrappedKey[]> {
  if (keys.length === 0) return []
  if (provider.wrapMany !== undefined && keys.length > 1) return provider.wrapMany(keys)
  return fewAtOnce(keys, ({ key, context }) => provider.wrap(key, context))
}

/** A service takes some milliseconds for each call; more at once would be throttled. */
async function fewAtOnce<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (let at = 0; at < items.length; at += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))))
  }
  return results
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
