import type { Authorizer, Verb } from '../access/authorizer.js'
import type { KeyProvider } from '../seal/key-provider.js'
import { keyProviderFrom } from '../seal/keys/key-address.js'
import type { ClaimStore } from '../vault/claim-store.js'
import { ClaimVault } from '../vault/claim-vault.js'
import { keyStoreFrom } from '../vault/keys/key-store-address.js'
import type { LedgerOptions } from '../vault/ledger-options.js'
import { type GlobalOptions, openStore, type Target, targetOf } from './target.js'

export interface OpenedTarget {
  readonly target: Target
  readonly store: ClaimStore
  readonly keys: KeyProvider
  readonly vault: ClaimVault
}

const OPERATOR_VERBS: ReadonlySet<Verb> = new Set(['peek', 'revoke', 'reinstate'])

/**
 * Who holds the vault's key and its database may see what claims there are, and end them, also those that are kept for
 * others; each time is recorded. What they stand for is never given out here.
 */
export const operatorAuthorizer: Authorizer = {
  decide({ principal, verb, claim }) {
    const sameTenant = principal.tenant === undefined || principal.tenant === claim.tenant
    const allowed = sameTenant && OPERATOR_VERBS.has(verb)
    return { allowed, reason: allowed ? 'operator' : 'operators get no values' }
  },
}

/** Runs `work` on the vault that the options and the environment name, and closes it. */
export async function withVault<Result>(
  options: GlobalOptions,
  work: (opened: OpenedTarget) => Promise<Result>,
  ledger: LedgerOptions = {},
): Promise<Result> {
  const target = targetOf(options)
  const keys = keyProviderFrom(target.keys)
  const store = await openStore(target)
  try {
    const { tenant } = target
    const keyStore = await keyStoreFrom({ configured: target.keyStore, claims: target.address, mustExist: true })
    const vault = await ClaimVault.open({
      store,
      keys,
      ...(keyStore === undefined ? {} : { keyStore }),
      tenant,
      sweep: 'manual',
      authorizer: operatorAuthorizer,
      ledger,
    }).catch(async (error: unknown) => {
      await keyStore?.close()
      throw error
    })
    try {
      return await work({ target, store, keys, vault })
    } finally {
      await vault.close()
    }
  } finally {
    await store.close()
  }
}
