import { foreignCode, IdentityUnavailableError } from '../../errors.js'

export interface FetchLimits {
  /** For the whole answer, body included. */
  readonly timeoutMs: number
  /** Of the body after decompression. */
  readonly maxBytes: number
}

/**
 * Gets a JSON document from an endpoint that may be slow, down or hostile.
 * @throws IdentityUnavailableError, which quotes nothing of the answer.
 */
export async function fetchJson(url: URL, { timeoutMs, maxBytes }: FetchLimits): Promise<unknown> {
  try {
    const response = await fetch(url, {
      headers: { Accept: 'application/json' },
      // Followed, it would let whoever can redirect choose the keys.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.status !== 200) {
      await response.body?.cancel()
      throw new IdentityUnavailableError(`${url.host} answered with status ${response.status}.`)
    }
    return JSON.parse(await readText(response, url, maxBytes))
  } catch (error) {
    if (error instanceof IdentityUnavailableError) throw error
    throw new IdentityUnavailableError(
      `${url.host} did not answer with JSON within ${timeoutMs} ms, or redirected elsewhere.`,
      { cause: foreignCode(error) },
    )
  }
}

/** Counted while it arrives: a length that the server states binds nobody. */
async function readText(response: Response, url: URL, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  let text = ''
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw new IdentityUnavailableError(`${url.host} answered with more than ${maxBytes} bytes.`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
