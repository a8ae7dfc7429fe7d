import { IdentityUnavailableError } from '../../errors.js'
import { fetchJson } from './fetch-json.js'
import { type KeySet, type KeySource, keySetFrom } from './key-set.js'
import { RemoteDocument } from './remote-document.js'

export interface RemoteKeysOptions {
  /** How long keys are used before they are asked for again, in ms; 10 minutes unless told. */
  readonly jwksMaxAgeMs?: number
  /** How much longer they are used while the endpoint is down, in ms; an hour unless told. */
  readonly jwksStaleMs?: number
  /** At least so long between two requests for a `kid` that is not known, in ms; 30 seconds unless told. */
  readonly jwksCooldownMs?: number
  /** For one request, in ms; 5,000 unless told. */
  readonly timeoutMs?: number
}

const MINUTE_MS = 60_000
const MAX_BYTES = 256 * 1024

export interface ResolvedRemoteOptions {
  readonly limits: { readonly maxAgeMs: number; readonly staleMs: number; readonly cooldownMs: number }
  readonly fetch: { readonly timeoutMs: number; readonly maxBytes: number }
}

export function resolveRemoteOptions(options: RemoteKeysOptions): ResolvedRemoteOptions {
  return {
    limits: {
      maxAgeMs: options.jwksMaxAgeMs ?? 10 * MINUTE_MS,
      staleMs: options.jwksStaleMs ?? 60 * MINUTE_MS,
      cooldownMs: options.jwksCooldownMs ?? MINUTE_MS / 2,
    },
    fetch: { timeoutMs: options.timeoutMs ?? 5_000, maxBytes: MAX_BYTES },
  }
}

/** Keys of a JWKS endpoint: cached, renewed when a token names one that is not among them, a bounded time without it. */
export class RemoteKeys implements KeySource {
  readonly #document: RemoteDocument<KeySet>

  /** @param locate the endpoint; asked before each request. */
  constructor(locate: () => URL | Promise<URL>, { limits, fetch }: ResolvedRemoteOptions) {
    this.#document = new RemoteDocument(async () => {
      const url = await locate()
      const set = await keySetFrom(await fetchJson(url, fetch))
      if (set === null) throw new IdentityUnavailableError(`${url.host} did not answer with a JSON Web Key Set.`)
      return set
    }, limits)
  }

  current(): Promise<KeySet> {
    return this.#document.get()
  }

  renewed(): Promise<KeySet> {
    return this.#document.renewed()
  }
}
