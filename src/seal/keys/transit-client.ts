import { KeyProviderError } from '../../errors.js'

const TIMEOUT_MS = 10_000

export interface TransitConnection {
  /** `https://host:8200`. Plain `http` is refused but for a loopback address: data keys travel in it. */
  readonly address: string
  /** Vault or OpenBao token, or a function that is asked before each request, for tokens that are renewed. */
  readonly token: string | (() => string | Promise<string>)
  readonly namespace?: string
  /** For one request; 10,000 unless told. */
  readonly timeoutMs?: number
}

/** One item of a batch: what the engine answered, or null when it refused the item. */
export type TransitItem = Readonly<Record<string, unknown>> | null

/** Requests to a transit engine: always as a batch, so that one item and many are answered alike. */
export class TransitClient {
  readonly #connection: TransitConnection
  readonly #mount: string

  constructor(connection: TransitConnection, mount: string) {
    this.#connection = connection
    this.#mount = mount
  }

  /** @throws KeyProviderError (retryable) when the engine does not answer; nothing of its answer is quoted. */
  async batch(
    operation: 'encrypt' | 'decrypt' | 'rewrap',
    key: string,
    items: readonly object[],
  ): Promise<readonly TransitItem[]> {
    const { status, body } = await this.#post(`${this.#mount}/${operation}/${key}`, { batch_input: items })
    const results = (body as { data?: { batch_results?: unknown } } | null)?.data?.batch_results
    // A batch in which items were refused is answered by 400 with its results, and by 200 in some versions.
    if ((status === 200 || status === 400) && Array.isArray(results) && results.length === items.length) {
      return results.map((item: Record<string, unknown> | null) =>
        item === null || typeof item !== 'object' || (item.error !== undefined && item.error !== '') ? null : item,
      )
    }
    throw unavailable(operation, `status ${status}`)
  }

  async #post(path: string, body: object): Promise<{ readonly status: number; readonly body: unknown }> {
    const { address, token: source, namespace, timeoutMs = TIMEOUT_MS } = this.#connection
    const token = typeof source === 'function' ? await source() : source
    try {
      const response = await fetch(`${address.replace(/\/+$/, '')}/v1/${path}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Vault-Request': 'true',
          'X-Vault-Token': token,
          ...(namespace === undefined ? {} : { 'X-Vault-Namespace': namespace }),
        },
        body: JSON.stringify(body),
        // Followed, a redirect would carry the token and data keys to wherever it points.
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      })
      const text = await response.text()
      return { status: response.status, body: parse(text) }
    } catch (error) {
      const name = error instanceof Error && /^\w{1,64}$/.test(error.name) ? error.name : 'Error'
      throw unavailable(path.split('/').at(-2) ?? 'request', name)
    }
  }
}

function unavailable(operation: string, why: string): KeyProviderError {
  return new KeyProviderError(`The transit engine did not serve ${operation} (${why}). Retry.`, true, {
    cause: { code: why },
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
