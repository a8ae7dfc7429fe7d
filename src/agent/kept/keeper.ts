import type { KnownValues } from '../../detect/known-values.js'
import { mintCall } from '../../saver/mint-call.js'
import { NameCheck } from '../../saver/names.js'
import { OpenedVault } from '../../saver/opened-vault.js'
import type { ResolvedOptions } from '../../saver/options.js'
import { reportCall } from '../../saver/plaintext-report.js'
import { type RevealContext, type RevealCounters, reveal } from '../../saver/reveal.js'
import { copyCall, type Scrubbed, scrub, scrubValue } from '../../saver/scrub-call.js'
import { CLAIM_MARK } from '../../vault/claim-url.js'
import type { ClaimVault } from '../../vault/claim-vault.js'
import { deleteThread } from '../../vault/delete-thread.js'
import { type ClaimScope, ClaimScopes } from '../../vault/scrub/claim-scope.js'
import { threadValues } from '../../vault/scrub/process-values.js'
import { NO_CONTEXT, type ScrubContext, sealable } from '../../vault/scrub/scrubber.js'
import { ThreadMemories } from '../../vault/scrub/thread-memory.js'
import { touchThread } from '../../vault/touch.js'
import { load, subjectOf } from '../../vault/vault-context.js'
import type { Asker } from './asker.js'
import { eachText, type KeptAt, KeptValue } from './kept-value.js'

const MAX_GROUPS = 500

/** What this process knows of values that are kept side by side. */
interface Group {
  /** Of `as`. */
  readonly tenant: string | undefined
  readonly name: string
  readonly known: KnownValues
  plaintextReported: boolean
}

type KeptContext = ScrubContext & { readonly scope: ClaimScope }

/** Scrubs and reveals single values for a store or a cache, as a saver does it for the state of a thread. */
export class Keeper {
  readonly vault: OpenedVault
  readonly names: NameCheck
  readonly counters: RevealCounters = { restored: 0, unresolved: 0, forged: 0 }
  readonly #memories = new ThreadMemories()
  readonly #scopes = new ClaimScopes()
  readonly #groups = new Map<string, Group>()

  constructor(readonly options: ResolvedOptions) {
    this.vault = new OpenedVault(options.vault)
    this.names = new NameCheck(options.detector.scanner, options.onSecretInKey)
  }

  /**
   * Values as they may be kept. A promise where the vault has to be asked: then all of them are copies of what they are now.
   * @param after what goes before them, if anything does.
   * @throws whatever the vault throws, and then none of them may be kept.
   */
  seal(
    values: readonly KeptValue[],
    asker: Asker,
    after?: Promise<unknown>,
  ): readonly KeptValue[] | Promise<readonly KeptValue[]> {
    const vault = this.vault.peek()
    const isOff = this.options.writes === 'off' || values.length === 0
    if (after === undefined && (isOff || vault !== undefined))
      return isOff ? values : this.#seal(values, vault!, asker, false)
    const copies = values.map(copyCall)
    return Promise.resolve(after).then(async () =>
      isOff ? copies : this.#seal(copies, await this.vault.open(), asker, true),
    )
  }

  /**
   * A value that was read, with its secrets for who may have them.
   * @param onUnresolved the option's unless told.
   */
  async reveal(
    at: KeptAt,
    value: unknown,
    asker: Asker,
    onUnresolved: RevealContext['onUnresolved'] = this.options.onUnresolved,
  ): Promise<unknown> {
    if (!holdsUrl(value)) return value
    const vault = await this.vault.open()
    const context = this.context(at, vault, asker)
    this.#touch(context, vault)
    const { channels } = this.options
    const kept = new KeptValue(at, value)
    const { scope, memory, scanner, runId, node } = context
    const principal = await asker.identity.principal()
    const read = { value: kept, map: (visit: Parameters<KeptValue['map']>[0]) => kept.map(visit) }
    const { counters } = this
    const revealed = await reveal(read, {
      ...{ vault: vault.context(), scope, memory, scanner, principal, runId, node, counters },
      ...{ channels, onUnresolved },
    })
    return revealed.value
  }

  /** Of this tenant, all scopes that begin alike. */
  async scopes(prefix: string, { tenant }: Asker): Promise<readonly string[]> {
    const vault = await this.vault.open()
    const { store } = vault.context()
    const found: string[] = []
    for (let after = prefix; ; ) {
      const page = await store.listThreads(tenant ?? vault.tenant, after)
      const alike = page.filter((id) => id.startsWith(prefix))
      found.push(...alike)
      // In order: behind the last one that begins alike, none does.
      if (alike.length === 0 || alike.length < page.length) return found
      after = page.at(-1)!
    }
  }

  /** Erases what the vault holds for these scopes; a scope without claims costs a look. @returns how many claims went. */
  async erase(scopeIds: Iterable<string>, asker: Asker): Promise<number> {
    const vault = await this.vault.open()
    let count = 0
    const tenant = asker.tenant ?? vault.tenant
    for (const threadId of new Set(scopeIds)) {
      const { thread } = await load(vault.context(), { tenant, threadId, ids: [], places: [], revocations: [] })
      this.#memories.forget(tenant, threadId)
      if (thread === undefined) continue
      count += await deleteThread(vault.context(), { tenant, threadId }, await asker.identity.principal())
    }
    return count
  }

  /** True when a value would be kept as something else. Mints nothing. */
  async holdsSecret(at: KeptAt, value: unknown, asker: Asker): Promise<boolean> {
    const context = this.context(at, await this.vault.open(), asker)
    return scrubValue(value, at.channel, context).items.length > 0
  }

  /** A text that is sent elsewhere and never kept, without its secrets; what is known in groups below this one is known. */
  redact(text: string, group: string, { tenant }: Asker): string {
    const below = group.slice(0, -1)
    const groups = [...this.#groups.values()].filter((each) => each.tenant === tenant && each.name.startsWith(below))
    const found = sealable(this.options.detector.scanner.scan(text, NO_CONTEXT))
    const runs = [...found, ...groups.flatMap(({ known }) => known.find(text))].sort((a, b) => a.start - b.start)
    let out = ''
    let done = 0
    for (const { start, end } of runs) {
      if (start >= done) out += `${text.slice(done, start)}[redacted]`
      done = Math.max(done, end)
    }
    return done === 0 ? text : out + text.slice(done)
  }

  context(at: KeptAt, vault: ClaimVault, { tenant: given, runId, node }: Asker): KeptContext {
    const tenant = given ?? vault.tenant
    const { detector, fields, maxStateBytes } = this.options
    this.names.check([runId, node])
    return {
      scanner: detector.scanner,
      fields,
      memory: this.#memories.of(tenant, at.scopeId, this.#group(given, at.group).known),
      scope: this.#scopes.of(vault.context().naming, tenant, at.scopeId),
      runId,
      node,
      maxStateBytes,
      maxSecretBytes: vault.maxSecretBytes,
    }
  }

  #seal(
    values: readonly KeptValue[],
    vault: ClaimVault,
    asker: Asker,
    isOwned: boolean,
  ): readonly KeptValue[] | Promise<readonly KeptValue[]> {
    const contexts = values.map(({ at }) => this.context(at, vault, asker))
    if (this.options.writes === 'report') {
      for (const [i, value] of values.entries()) this.#report(value, contexts[i]!, asker)
      return values
    }
    const scrubbed = scrubAll(values, contexts)
    for (const context of contexts) if (context.memory.hasClaims) this.#touch(context, vault)
    if (scrubbed.every(({ items, pasted }) => items.length === 0 && pasted.length === 0))
      return scrubbed.map(({ call }) => call)
    // What is kept is what was given when the call was made, so it is copied before anything is waited for.
    const own = isOwned ? values : values.map(copyCall)
    return this.#mint(own, scrubAll(own, contexts), contexts, vault, asker)
  }

  async #mint(
    own: readonly KeptValue[],
    scrubbed: readonly Scrubbed<KeptValue>[],
    contexts: readonly KeptContext[],
    vault: ClaimVault,
    { identity, runId, node }: Asker,
  ): Promise<readonly KeptValue[]> {
    const { ttlMs, boundByCredential } = this.options
    const subject = subjectOf(await identity.principal(), runId, node)
    const terms = { ttlMs, boundByCredential, subject }
    return Promise.all(
      scrubbed.map((each, i) =>
        each.items.length === 0 && each.pasted.length === 0
          ? each.call
          : mintCall(each, contexts[i]!, vault, terms, own[i]!),
      ),
    )
  }

  #report(value: KeptValue, context: KeptContext, { tenant }: Asker): void {
    const group = this.#group(tenant, value.at.group)
    if (group.plaintextReported) return
    reportCall(value, context)
    group.plaintextReported = context.memory.plaintextReported
  }

  /** Beside the call, not in its way: a missed touch is made up for by the next one. */
  #touch({ memory, scope }: KeptContext, vault: ClaimVault): void {
    const { ttlMs } = this.options
    if (ttlMs === null || !memory.isTouchDue(ttlMs / 8)) return
    touchThread(vault.context(), scope).catch(() => undefined)
  }

  #group(tenant: string | undefined, name: string): Group {
    const key = JSON.stringify([tenant, name])
    const group = this.#groups.get(key) ?? { tenant, name, known: threadValues(), plaintextReported: false }
    this.#groups.delete(key)
    this.#groups.set(key, group)
    if (this.#groups.size > MAX_GROUPS) this.#groups.delete(this.#groups.keys().next().value!)
    return group
  }
}

/** While new known values turn up all are scanned again: what is found in the last one is replaced in the first one too. */
function scrubAll(values: readonly KeptValue[], contexts: readonly KeptContext[]): readonly Scrubbed<KeptValue>[] {
  const versions = () => contexts.map(({ memory }) => memory.known.version).join()
  for (;;) {
    const before = versions()
    const scrubbed = values.map((value, i) => scrub(value, contexts[i]!, false))
    if (versions() === before) return scrubbed
  }
}

/** Most items hold none, and need nothing of the vault. */
function holdsUrl(value: unknown): boolean {
  let found = false
  eachText(value, (text) => {
    found ||= text.includes(CLAIM_MARK)
  })
  return found
}
