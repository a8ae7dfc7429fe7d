import { createHash, createHmac } from 'node:crypto'
import { ConfigError, foreignCode, VaultUnavailableError } from '../errors.js'

const TIMEOUT_MS = 10_000
const MIN_SECRET_BYTES = 24

export interface WebhookOptions {
  /** `https:`, or `http:` on this machine. */
  readonly url: string
  /** At least 24 characters; signs each request, so that the receiver knows who sent it. */
  readonly secret: string
}

/**
 * Checks a webhook.
 * @returns a name for it: the host and a digest, since an address may hold a token in its path.
 * @throws ConfigError for an address or a secret that cannot be used. Neither is quoted.
 */
export function nameWebhook({ url, secret }: WebhookOptions): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const isLocal = parsed !== undefined && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(parsed.hostname)
  if (parsed === undefined || !(parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLocal)))
    throw new ConfigError('The url of a webhook is https://…, or http://… on this machine.')
  if (typeof secret !== 'string' || secret.length < MIN_SECRET_BYTES)
    throw new ConfigError(`The secret of a webhook has ${MIN_SECRET_BYTES} characters or more.`)
  const digest = createHash('sha256').update(parsed.href).digest('hex')
  return `webhook:${parsed.host}:${digest.slice(0, 16)}`
}

/**
 * Sends JSON with the three headers of the Standard Webhooks specification: `webhook-id`, `webhook-timestamp` and
 * `webhook-signature` (`v1,` and the base64 HMAC-SHA-256 of `id.timestamp.body`).
 * @param id the same when the same thing is sent again.
 * @throws VaultUnavailableError (retryable) for anything but an answer of 2xx. A redirect is not followed.
 * @see https://github.com/standard-webhooks/standard-webhooks
 */
export async function sendWebhook({ url, secret }: WebhookOptions, id: string, payload: unknown): Promise<void> {
  const body = JSON.stringify(payload)
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
  let response: Response
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    response = await fetch(url, { method: 'POST', body, headers, redirect: 'error', signal })
    await response.body?.cancel()
  } catch (error) {
    throw new VaultUnavailableError('A webhook of the ledger did not answer.', { cause: foreignCode(error) })
  }
  if (!response.ok) throw new VaultUnavailableError(`A webhook of the ledger answered ${response.status}.`)
}
