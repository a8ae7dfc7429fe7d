import { KeyInvalidError } from '../errors.js'
import type { KeyProvider } from '../seal/key-provider.js'
import { keyProviderFrom } from '../seal/keys/key-address.js'
import type { Target } from './target.js'

/**
 * The vault's keys; undefined where there are none and an auditor's key takes their place.
 * @throws KeyInvalidError, ConfigError
 */
export function keysIfAny({ keys }: Target, hasAuditorKey: boolean): KeyProvider | undefined {
  try {
    return keyProviderFrom(keys)
  } catch (error) {
    if (hasAuditorKey && error instanceof KeyInvalidError) return undefined
    throw error
  }
}
