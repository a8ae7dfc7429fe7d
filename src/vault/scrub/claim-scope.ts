import type { ClaimId, PlaceTag } from '../claim-store.js'
import type { ClaimUrlParts } from '../claim-url.js'
import type { NamingKeys, Scope } from '../naming-keys.js'
import { encodePayload, type Payload } from '../payload.js'

const MAX_CACHED = 4_096
/** The cache keeps each payload: what is larger costs less to name again than to hold. */
const MAX_CACHED_BYTES = 1_024

/** What a scrubber asks of a scope. */
export interface ScrubScope extends Scope {
  claim(payload: Payload): { readonly id: ClaimId; readonly url: string; readonly payload: Uint8Array }
  place(channel: string, messageId: string): PlaceTag
  owns(url: ClaimUrlParts): boolean
}

/** The names of one thread's claims and places, computed once: each costs an HMAC or two. */
export class ClaimScope implements ScrubScope {
  readonly #claims = new Map<string, { readonly id: ClaimId; readonly url: string }>()
  readonly #places = new Map<string, PlaceTag>()
  readonly #owned = new Map<string, boolean>()

  constructor(
    readonly naming: NamingKeys,
    readonly tenant: string,
    readonly threadId: string,
  ) {}

  claim(payload: Payload): { readonly id: ClaimId; readonly url: string; readonly payload: Uint8Array } {
    const bytes = encodePayload(payload)
    const name = () => {
      const id = this.naming.resumeId(this, bytes)
      return { id, url: this.naming.url(this, id) }
    }
    if (bytes.length > MAX_CACHED_BYTES) return { ...name(), payload: bytes }
    const key = Buffer.from(bytes).toString('latin1')
    return { ...remember(MAX_CACHED, this.#claims, key, name), payload: bytes }
  }

  place(channel: string, messageId: string): PlaceTag {
    return remember(MAX_CACHED, this.#places, `${channel}\0${messageId}`, () =>
      this.naming.place(this, channel, messageId),
    )
  }

  owns(url: ClaimUrlParts): boolean {
    if (url.vaultId !== this.naming.vaultId) return false
    return remember(MAX_CACHED, this.#owned, `${url.namingKeyId}${url.id}${url.tag}`, () => this.naming.owns(this, url))
  }
}

function remember<T>(max: number, cache: Map<string, T>, key: string, make: () => T): T {
  const known = cache.get(key)
  if (known !== undefined) return known
  if (cache.size >= max) cache.clear()
  const made = make()
  cache.set(key, made)
  return made
}

const MAX_SCOPES = 500

/** The scopes that this process used last. */
export class ClaimScopes {
  readonly #scopes = new Map<string, ClaimScope>()

  of(naming: NamingKeys, tenant: string, threadId: string): ClaimScope {
    const key = JSON.stringify([tenant, threadId])
    return remember(MAX_SCOPES, this.#scopes, key, () => new ClaimScope(naming, tenant, threadId))
  }
}
