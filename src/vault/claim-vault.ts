import { inspect } from 'node:util'
import { type Authorizer, sameTenantAuthorizer } from '../access/authorizer.js'
import { checkPrincipal, type Principal } from '../access/principal.js'
import { ClaimUrlError, InputError, LimitError, VaultClosedError } from '../errors.js'
import type { LedgerEntry, LedgerQuery } from '../ledger/event.js'
import { utf8 } from '../seal/bytes.js'
import type { KeyProvider } from '../seal/key-provider.js'
import { BranchKeys } from './branch-keys.js'
import { DAY_MS } from './claim-row.js'
import type { ClaimId, ClaimStore } from './claim-store.js'
import { type ClaimUrlParts, parseClaimUrl } from './claim-url.js'
import { createHandoff, takeClaim } from './handoff.js'
import type { KeyStore } from './key-store.js'
import { type DestroyOptions, type DestroyResult, destroyExpiredKeys } from './keys/destroy-expired-keys.js'
import { checkKeyStore } from './keys/key-store-note.js'
import { type KeyInUse, keysInUse } from './keys/keys-in-use.js'
import { type RotateOptions, type RotationResult, rotateKeys } from './keys/rotate-keys.js'
import type { Scope } from './naming-keys.js'
import { openNamingKeys } from './open-naming-keys.js'
import { encodePayload } from './payload.js'
import { reinstateThread, revokeClaim, revokeRun, revokeThread, revokeValue } from './revoke.js'
import { flushHeld, type LedgerOptions, openLedger } from './ledger-options.js'
import { Sweeper } from './sweeper.js'
import type { VaultContext } from './vault-context.js'

const DEFAULT_HANDOFF_TTL_MS = 60 * 60_000
const DEFAULT_MAX_TTL_MS = 365 * DAY_MS
const DEFAULT_MAX_SECRET_BYTES = 1024 * 1024

export interface ClaimVaultOptions {
  readonly store: ClaimStore
  readonly keys: KeyProvider
  /** Where branch keys are kept; the claim store unless told. In a store of their own, backups of claims hold no keys. */
  readonly keyStore?: KeyStore
  /** One vault serves one tenant; `'default'` unless told. */
  readonly tenant?: string
  /** Same tenant and allow list unless told. */
  readonly authorizer?: Authorizer
  /** `auto` clears ended claims every minute or so by an unref'd timer; `manual` leaves it to `vault.sweep()`. */
  readonly sweep?: 'auto' | 'manual'
  /** The hard cap: nothing lives longer, however often it slides. 365 days unless told. */
  readonly maxTtlMs?: number
  /** Larger secrets are refused with `LimitError`; 1 MiB unless told. */
  readonly maxSecretBytes?: number
  /** Who can check the ledger, and where it goes besides the claim store. */
  readonly ledger?: LedgerOptions
}

export interface CreateOptions {
  /** The thread in which the URL will be claimed. */
  readonly threadId: string
  /** How often it may be claimed; 1 unless told. */
  readonly maxClaims?: number
  /** One hour unless told. */
  readonly ttlMs?: number
  /** `lease`: the first claim opens a window for the same principal and run, for a retry after a crash. */
  readonly mode?: 'handoff' | 'lease'
  /** Subjects (`sub` or `act`) that may claim it; everyone of the tenant unless told. */
  readonly allow?: readonly string[]
  /** Sealed beside the value. JSON. */
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly runId?: string
  /** Recorded as who created it. */
  readonly principal?: Principal
}

export interface ClaimOptions {
  readonly principal: Principal
  readonly threadId: string
  readonly runId?: string
}

/** What to end. A claim and a value end with every claim of the same secret. */
export type RevokeTarget =
  | { readonly claim: string }
  | { readonly value: string }
  | { readonly threadId: string }
  | { readonly runId: string }

/**
 * The encrypted side table: claims, their keys and their ledger.
 * @see docs/architecture.md
 */
export class ClaimVault {
  readonly tenant: string
  readonly maxTtlMs: number
  readonly maxSecretBytes: number
  readonly #context: VaultContext
  readonly #sweeper: Sweeper
  #closed = false

  private constructor(context: VaultContext, options: ClaimVaultOptions) {
    this.#context = context
    this.tenant = options.tenant ?? 'default'
    this.maxTtlMs = options.maxTtlMs ?? DEFAULT_MAX_TTL_MS
    this.maxSecretBytes = options.maxSecretBytes ?? DEFAULT_MAX_SECRET_BYTES
    this.#sweeper = new Sweeper(context.store, context.ledger)
    if (options.sweep !== 'manual') this.#sweeper.start()
  }

  /**
   * Opens a vault, and makes it when the store is empty.
   * @throws KeyMismatchError for another key than the vault's, VaultSchemaError for a newer schema,
   * VaultUnavailableError (retryable) when the store cannot be reached.
   */
  static async open(options: ClaimVaultOptions): Promise<ClaimVault> {
    const { store, keys, keyStore = store } = options
    if (options.tenant === '') throw new InputError('A tenant is a non-empty string.')
    await store.setup()
    if (keyStore !== store) await keyStore.setup()
    await checkKeyStore(store, keyStore !== store)
    const naming = await openNamingKeys(store, keys)
    const context: VaultContext = {
      store,
      naming,
      branchKeys: new BranchKeys(keyStore === store ? [store] : [keyStore, store], keys, naming.vaultId),
      authorizer: options.authorizer ?? sameTenantAuthorizer,
      ...(await openLedger({ store, keys, naming, options: options.ledger ?? {} })),
    }
    return new ClaimVault(context, options)
  }

  /**
   * Makes an explicit handoff: never restored transparently, claimed at most `maxClaims` times.
   * @returns a claim URL. It is not a bearer token: claiming it takes a permitted principal of the same thread.
   * @throws LimitError for a value over `maxSecretBytes`.
   */
  async create(value: string | Uint8Array, options: CreateOptions): Promise<string> {
    const { naming } = this.context()
    checkCreate(value, options)
    const payload = encodePayload(
      typeof value === 'string' ? { kind: 'text', text: value } : { kind: 'bytes', bytes: value },
    )
    const { threadId, maxClaims = 1, ttlMs = DEFAULT_HANDOFF_TTL_MS } = options
    requireText('threadId', threadId)
    if (!Number.isSafeInteger(maxClaims) || maxClaims < 1)
      throw new InputError('maxClaims is a whole number of 1 or more.')
    if (!Number.isSafeInteger(ttlMs) || ttlMs < 1)
      throw new InputError('ttlMs is a whole number of milliseconds, 1 or more.')
    if (payload.length > this.maxSecretBytes) {
      throw new LimitError(`The value is over maxSecretBytes (${this.maxSecretBytes}); nothing was stored.`)
    }
    const scope = { tenant: this.tenant, threadId }
    const id = await createHandoff(this.context(), {
      ...scope,
      payload,
      secret: value,
      mode: options.mode ?? 'handoff',
      maxClaims,
      ttlMs: Math.min(ttlMs, this.maxTtlMs),
      allow: options.allow ?? null,
      metadata: options.metadata === undefined ? null : utf8(stringifyMetadata(options.metadata)),
      runId: options.runId,
      principal: options.principal === undefined ? null : checkPrincipal(options.principal),
    })
    return naming.url(scope, id)
  }

  /**
   * Takes a claim: counted and atomic, so that of N racing callers exactly `maxClaims` win.
   * @throws ClaimUrlError for text that is not a claim URL of this vault and thread; ClaimDeniedError for an unknown,
   * ended or forbidden claim alike; VaultUnavailableError (retryable), after which nothing was consumed.
   */
  async claim(url: string, options: ClaimOptions): Promise<string | Uint8Array> {
    const scope = { tenant: this.tenant, threadId: requireText('threadId', options.threadId) }
    const principal = checkPrincipal(options.principal)
    const payload = await takeClaim(this.context(), {
      ...scope,
      id: this.#parse(url, scope),
      principal,
      runId: options.runId,
    })
    if (payload.kind === 'bytes') return payload.bytes
    return payload.kind === 'text' ? payload.text : payload.json
  }

  /**
   * Ends claims early. By claim, value or thread: for good, later copies of the secret too. By run: what no other run
   * uses, and a later run may mint again.
   * @returns how many claims were ended.
   */
  async revoke(target: RevokeTarget, { principal }: { readonly principal: Principal }): Promise<number> {
    const by = checkPrincipal(principal)
    const context = this.context()
    const { tenant } = this
    if ('claim' in target) return revokeClaim(context, tenant, parse(target.claim), by)
    if ('value' in target) return revokeValue(context, tenant, requireText('value', target.value), by)
    if ('runId' in target) return revokeRun(context, tenant, requireText('runId', target.runId), by)
    return revokeThread(context, { tenant, threadId: requireText('threadId', target.threadId) }, by)
  }

  /** Lifts `revoke({ threadId })`. @returns how many claims live again; swept ones return when they are stored anew. */
  async reinstate(
    { threadId }: { readonly threadId: string },
    { principal }: { readonly principal: Principal },
  ): Promise<number> {
    const scope = { tenant: this.tenant, threadId: requireText('threadId', threadId) }
    return reinstateThread(this.context(), scope, checkPrincipal(principal))
  }

  /** Clears what has ended. @returns how many claims were cleared. */
  async sweep(): Promise<number> {
    this.context()
    return (await this.#sweeper.sweep()).cleared
  }

  /** Events of this vault, in order. */
  async ledger(query: LedgerQuery = {}): Promise<readonly LedgerEntry[]> {
    return this.context().store.readEvents({ tenant: this.tenant, ...query })
  }

  /**
   * Wraps the vault's keys under the provider's current key, for all tenants: a handful of rows, however many claims.
   * @throws KeyProviderError (retryable) when the provider does not answer; then calling it again goes on from there.
   */
  async rotateKeys(options: RotateOptions = {}): Promise<RotationResult> {
    return rotateKeys(this.context(), this.tenant, options)
  }

  /** The current key-encryption key, and every other that still wraps something of this vault. */
  async keysInUse(): Promise<readonly KeyInUse[]> {
    return keysInUse(this.context())
  }

  /**
   * Destroys the keys of claims whose hard cap has passed, for all tenants and for good. In backups too when keys lie in
   * a `keyStore` of their own whose backups end sooner, and only then.
   */
  async destroyExpiredKeys(options: DestroyOptions = {}): Promise<DestroyResult> {
    return destroyExpiredKeys(this.context(), this.tenant, options)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#sweeper.stop()
    this.#context.branchKeys.clear()
    await flushHeld(this.#context)
    await this.#context.ledger.close()
    for (const store of this.#context.branchKeys.stores) await store.close()
    await this.#context.branchKeys.keys.close?.()
  }

  /** @internal What the saver works with. @throws VaultClosedError */
  context(): VaultContext {
    if (this.#closed) throw new VaultClosedError()
    return this.#context
  }

  toJSON(): string {
    return `[ClaimVault ${this.#context.naming.vaultId}]`
  }

  [inspect.custom](): string {
    return this.toJSON()
  }

  #parse(url: string, scope: Scope): ClaimId {
    const parts = parse(url)
    if (!this.context().naming.owns(scope, parts))
      throw new ClaimUrlError('This claim URL belongs to another vault, tenant or thread.')
    return parts.id
  }
}

/** Where a wrong type would not fail by itself: a text as allow list would admit every part of it. */
function checkCreate(value: unknown, { allow, mode }: CreateOptions): void {
  if (typeof value !== 'string' && !(value instanceof Uint8Array))
    throw new InputError(`create expects a string or a Uint8Array, got ${typeof value}.`)
  if (allow !== undefined && !(Array.isArray(allow) && allow.every((subject) => typeof subject === 'string')))
    throw new InputError('allow is a list of subjects, each a string.')
  if (mode !== undefined && mode !== 'handoff' && mode !== 'lease')
    throw new InputError("mode is 'handoff' or 'lease'.")
}

/** What JSON.stringify throws may quote the metadata. */
function stringifyMetadata(metadata: unknown): string {
  try {
    return JSON.stringify(metadata)
  } catch {
    throw new InputError('metadata is not JSON: it holds a BigInt, a cycle or a throwing toJSON.')
  }
}

function parse(url: string): ClaimUrlParts {
  const parts = typeof url === 'string' ? parseClaimUrl(url) : null
  if (parts === null) throw new ClaimUrlError('Expected one claim URL: claim://<vault>/v1/<kid>/<id>.<tag>.')
  return parts
}

function requireText(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new InputError(`${name} is required: a non-empty string.`)
  return value
}
