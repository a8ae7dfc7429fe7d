import { randomBytes } from 'node:crypto'
import type { ClaimVault } from '../../../src/index.js'
import type { ClaimId } from '../../../src/vault/claim-store.js'
import { mint } from '../../../src/vault/mint.js'
import { encodePayload } from '../../../src/vault/payload.js'
import { restore } from '../../../src/vault/restore.js'
import { commit } from '../../../src/vault/vault-context.js'

const THREAD = { tenant: 'default', threadId: 'bench' } as const
const CHANNEL = 'messages'
const PRINCIPAL = { sub: 'bench' }

type BenchedVault = Pick<ClaimVault, 'context' | 'create' | 'claim'>

/** The vault's own operations as the saver calls them. */
export class VaultWork {
  readonly #vault: BenchedVault

  constructor(vault: BenchedVault) {
    this.#vault = vault
  }

  /** @returns the new claims' ids. */
  async mint(count: number): Promise<readonly ClaimId[]> {
    const context = this.#vault.context()
    const place = context.naming.place(THREAD, CHANNEL, 'message-1')
    const items = Array.from({ length: count }, () => {
      const secret = randomBytes(30).toString('base64url')
      const payload = encodePayload({ kind: 'text', text: secret })
      const id = context.naming.resumeId(THREAD, payload)
      return { id, payload, secret, ruleId: 'github-pat', channel: CHANNEL, place }
    })
    const ttl = { ttlMs: 30 * 86_400_000, maxTtlMs: 365 * 86_400_000 }
    await mint(context, { ...THREAD, items, pasted: [], ...ttl, subject: PRINCIPAL })
    return items.map(({ id }) => id)
  }

  /** @throws Error unless every claim gave its secret. */
  async restore(ids: readonly ClaimId[]): Promise<void> {
    const context = this.#vault.context()
    const place = context.naming.place(THREAD, CHANNEL, 'message-1')
    const refs = ids.map((id) => ({ id, place, channel: CHANNEL }))
    const restored = await restore(context, { ...THREAD, refs, principal: PRINCIPAL, runId: undefined })
    for (const result of restored.values()) {
      if (!('payload' in result)) throw new Error(`a claim was not restored: ${result.reason}`)
    }
  }

  async create(count: number): Promise<readonly string[]> {
    const secret = () => randomBytes(30).toString('base64url')
    return Promise.all(Array.from({ length: count }, () => this.#vault.create(secret(), { threadId: 'bench' })))
  }

  async claim(url: string): Promise<void> {
    await this.#vault.claim(url, { threadId: 'bench', principal: PRINCIPAL })
  }

  async events(count: number): Promise<void> {
    const event = { operation: 'restore', outcome: 'ok', ...THREAD, sub: 'bench', claims: [] } as const
    await commit(this.#vault.context(), { events: Array.from({ length: count }, () => event) })
  }
}
