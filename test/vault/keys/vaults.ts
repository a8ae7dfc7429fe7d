import { ClaimVault, type ClaimVaultOptions, KeyRing } from '../../../src/index.js'
import { WINDOW_MS } from '../../../src/vault/claim-row.js'
import type { ClaimStore } from '../../../src/vault/claim-store.js'

export const BOB = { sub: 'bob' }
export const THREAD = 'thread-1'

export async function openVault(
  options: Pick<ClaimVaultOptions, 'store' | 'keys'> & Partial<ClaimVaultOptions>,
): Promise<ClaimVault> {
  return ClaimVault.open({ sweep: 'manual', ...options })
}

/** A ring whose current key is the last of these; all of them unwrap. */
export function ringOf(...keys: readonly string[]): KeyRing {
  return new KeyRing(keys.at(-1)!, keys.slice(0, -1))
}

/** As many handoffs as asked for, each of another tenant if there are several tenants. */
export async function fill(
  options: Pick<ClaimVaultOptions, 'store' | 'keys'> & Partial<ClaimVaultOptions>,
  tenants: number,
): Promise<readonly { readonly tenant: string; readonly url: string; readonly value: string }[]> {
  const made = []
  for (let i = 0; i < tenants; i++) {
    const tenant = `tenant-${i}`
    const vault = await openVault({ ...options, store: unclosed(options.store), tenant })
    const value = `value of ${tenant}`
    made.push({ tenant, value, url: await vault.create(value, { threadId: THREAD, maxClaims: 100 }) })
    await vault.close()
  }
  return made
}

/** The same store for several vaults: a vault closes what it was given. */
export function unclosed<Store extends object>(store: Store): Store {
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'close') return async () => undefined
      const member = Reflect.get(target, name)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
}

/** Counts what is written. */
export function counting(store: ClaimStore): { readonly store: ClaimStore; readonly writes: Record<string, number> } {
  const writes: Record<string, number> = {}
  const counted = new Proxy(store, {
    get: (target, name) => {
      const member = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      if (/^(?:commit|init|rewrap|destroy|sweep|delete)/.test(String(name))) {
        return (...args: unknown[]) => {
          writes[String(name)] = (writes[String(name)] ?? 0) + 1
          return member.apply(target, args)
        }
      }
      return member.bind(target)
    },
  })
  return { store: counted, writes }
}

/** A store whose clock, as a vault reads it, is ahead: real stores have no other clock than the machine's. */
export function ahead<Store extends ClaimStore>(store: Store, byMs: number): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const member = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      if (name !== 'load' && name !== 'commit') return member.bind(target)
      return async (...args: unknown[]) => {
        const answer = await member.apply(target, args)
        return typeof answer.now === 'number' ? { ...answer, now: answer.now + byMs } : answer
      }
    },
  })
}

/** Past the end of the window that every cap of one hour from now lies in. */
export const NEXT_WINDOW_MS = 2 * WINDOW_MS
