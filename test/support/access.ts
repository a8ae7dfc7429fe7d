import type { AccessRequest, Authorizer, Decision } from '../../src/index.js'
import { opaqueSecret } from './secrets.js'
import { Harness } from './vault-harness.js'

export const THREAD = { threadId: 'thread-1' }
export const HOUR_MS = 60 * 60_000

/** Who may do what in its own right, changed while a test runs; nobody else may anything. */
export class Rights implements Authorizer {
  readonly #rights = new Map<string, Partial<Decision>>()

  allow(sub: string, ...verbs: readonly AccessRequest['verb'][]): this {
    for (const verb of verbs) this.#rights.set(`${sub} ${verb}`, { allowed: true })
    return this
  }

  set(sub: string, verb: AccessRequest['verb'], decision: Partial<Decision>): this {
    this.#rights.set(`${sub} ${verb}`, decision)
    return this
  }

  decide({ principal, verb }: AccessRequest): Decision {
    return { allowed: false, reason: 'test', ...this.#rights.get(`${principal.sub} ${verb}`) }
  }
}

export const by = (sub: string, act?: string) => ({
  ...THREAD,
  principal: { sub, ...(act === undefined ? {} : { act }) },
})

/** A vault in which the owner has a handoff, and may claim it and hand it on. */
export async function ownedHandoff(maxClaims = 100) {
  const rights = new Rights().allow('owner', 'claim', 'peek', 'grant', 'revoke')
  const h = await Harness.open({}, { authorizer: rights })
  const value = opaqueSecret()
  const url = await h.vault.create(value, { ...THREAD, maxClaims })
  return { h, rights, value, url }
}
