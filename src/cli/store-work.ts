import { existsSync } from 'node:fs'
import type { Authorizer } from '../access/authorizer.js'
import { Journal, type JournalHead } from '../audit/fix/journal.js'
import { openFixStore } from '../audit/fix/open-store.js'
import type { FixStore } from '../audit/fix/store.js'
import { withStoreLock } from '../audit/fix/with-lock.js'
import { loadConfig } from '../config/load-config.js'
import { InputError } from '../errors.js'
import { keyProviderFrom } from '../seal/keys/key-address.js'
import { ClaimVault } from '../vault/claim-vault.js'
import { keyStoreFrom } from '../vault/keys/key-store-address.js'
import { storeAt } from '../vault/store-address.js'
import { type GlobalOptions, openStore, sqliteFileOf, targetOf } from './target.js'

/** Options of the commands that rewrite a checkpoint store. */
export interface StoreOptions extends GlobalOptions {
  readonly schema?: string
  readonly journal?: string
  readonly as?: string
  readonly json?: boolean
}

export async function withFixStore<Result>(
  address: string,
  { schema }: StoreOptions,
  writable: boolean,
  work: (store: FixStore) => Promise<Result>,
): Promise<Result> {
  const store = await openFixStore({ address, schema, writable })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/**
 * Opens the vault that the options and the environment name.
 * @param mayMake true to make it: the first secrets of a vault may be those of an old store.
 */
export async function withStoreVault<Result>(
  options: GlobalOptions,
  authorizer: Authorizer,
  mayMake: boolean,
  work: (vault: ClaimVault) => Promise<Result>,
): Promise<Result> {
  const target = targetOf(options)
  const { maxTtlMs, maxSecretBytes } = loadConfig({ file: options.config }).config.vault ?? {}
  // First of all: without a key nothing is touched.
  const keys = keyProviderFrom(target.keys)
  const claims = mayMake ? await storeAt(target.address) : await openStore(target)
  try {
    const keyStore = await keyStoreFrom({ configured: target.keyStore, claims: target.address, mustExist: !mayMake })
    const vault = await ClaimVault.open({
      store: claims,
      keys,
      ...(keyStore === undefined ? {} : { keyStore }),
      ...(maxTtlMs === undefined ? {} : { maxTtlMs }),
      ...(maxSecretBytes === undefined ? {} : { maxSecretBytes }),
      tenant: target.tenant,
      sweep: 'manual',
      authorizer,
    }).catch(async (error: unknown) => {
      await keyStore?.close()
      throw error
    })
    try {
      return await work(vault)
    } finally {
      await vault.close()
    }
  } finally {
    await claims.close()
  }
}

/** With the journal of this store and vault, and nobody else at work on the store. */
export async function withJournal<Result>(
  store: FixStore,
  vault: ClaimVault,
  kind: JournalHead['work'],
  file: string,
  work: (journal: Journal) => Promise<Result>,
): Promise<Result> {
  const context = vault.context()
  return withStoreLock(context.store, store.identity, async () => {
    const { vaultId } = context.naming
    const journal = Journal.open(file, { store: store.identity, vaultId, tenant: vault.tenant, work: kind })
    try {
      return await work(journal)
    } finally {
      journal.close()
    }
  })
}

/** Beside a SQLite store; else in the current directory. */
export function journalFile(address: string, store: FixStore, kind: JournalHead['work'], given?: string): string {
  return given ?? `${sqliteFileOf(address) ?? `./${store.name}`}.${kind}-journal`
}

/** @throws InputError when there is nothing to undo or to commit. */
export function requireJournal(file: string): string {
  if (existsSync(file)) return file
  throw new InputError('There is no journal of a fix of this store. Name it with --journal.')
}
