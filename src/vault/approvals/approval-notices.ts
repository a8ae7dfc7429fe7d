import { InputError } from '../../errors.js'
import { nameWebhook, sendWebhook, type WebhookOptions } from '../../ledger/webhook.js'
import type { NamingKeys } from '../naming-keys.js'
import type { Approval } from './approval.js'
import { type ApprovalInfo, approvalInfo } from './list-approvals.js'

/** Who is told that somebody waits for an approval. */
export interface ApprovalOptions {
  /** Gets each new request, signed as Standard Webhooks are: `{ type: 'secret-safe.approval.requested', approval }`. */
  readonly webhook?: WebhookOptions
  /** Called with each new request. What it throws stops nothing: the request is listed all the same. */
  readonly onRequest?: (approval: ApprovalInfo) => unknown
  /** Called when the webhook or `onRequest` failed; a process warning unless told. */
  readonly onNoticeFailed?: (message: string) => void
}

/** Tells people about requests, beside the call that made them. */
export class ApprovalNotices {
  readonly #naming: NamingKeys
  readonly #options: ApprovalOptions
  readonly #running = new Set<Promise<void>>()

  /** @throws ConfigError, InputError */
  constructor(naming: NamingKeys, options: ApprovalOptions) {
    if (options.webhook !== undefined) nameWebhook(options.webhook)
    if (options.onRequest !== undefined && typeof options.onRequest !== 'function')
      throw new InputError('approvals.onRequest is a function.')
    this.#naming = naming
    this.#options = options
  }

  notify(approval: Approval): void {
    const { webhook, onRequest } = this.#options
    if (webhook === undefined && onRequest === undefined) return
    const info = approvalInfo(this.#naming, approval, approval.requestedAt)
    const id = `${approval.id}.${approval.requestedAt}`
    const payload = { type: 'secret-safe.approval.requested', approval: info }
    if (webhook !== undefined) this.#run('webhook', () => sendWebhook(webhook, id, payload))
    if (onRequest !== undefined) this.#run('onRequest', async () => onRequest(info))
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await Promise.all(this.#running)
  }

  /** What was thrown may quote anything, so it is not repeated. */
  #run(what: string, work: () => Promise<unknown>): void {
    const running = Promise.resolve()
      .then(work)
      .then(() => undefined)
      .catch(() => this.#failed(`The ${what} for a request for approval failed; the request is still open.`))
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  #failed(message: string): void {
    const { onNoticeFailed } = this.#options
    if (onNoticeFailed === undefined) process.emitWarning(message, { code: 'SECRET_SAFE_APPROVAL_NOTICE' })
    else onNoticeFailed(message)
  }
}
