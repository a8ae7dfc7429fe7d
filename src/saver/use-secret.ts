import type { Principal } from '../access/principal.js'
import { ApprovalRequiredError, ClaimUrlError, UnresolvedClaimError, VaultUnavailableError } from '../errors.js'
import { type ApprovalInfo, approvalInfo } from '../vault/approvals/list-approvals.js'
import { parseUrl } from '../vault/claim-options.js'
import type { UnresolvedReason } from '../vault/claim-row.js'
import type { ClaimRow } from '../vault/claim-store.js'
import { type Refused, type Taken, tryClaim } from '../vault/handoff.js'
import type { Payload } from '../vault/payload.js'
import { permit } from '../vault/permit.js'
import type { ClaimScope } from '../vault/scrub/claim-scope.js'
import type { ThreadMemory } from '../vault/scrub/thread-memory.js'
import type { VaultContext } from '../vault/vault-context.js'
import { Cover } from './cover.js'
import { parsePersisted } from './persisted-json.js'
import { addStrings } from './walk.js'

/** What a graph is interrupted with when a secret cannot be had now. Holds no value. */
export type SecretInterrupt =
  | { readonly type: 'secret-safe/approval'; readonly approval: ApprovalInfo }
  | {
      readonly type: 'secret-safe/unresolved'
      readonly claim: string
      readonly reason: UnresolvedReason | 'unavailable'
    }

/** What a running graph can do beside throwing. */
export interface UseSecretContext {
  /** Stops the graph and answers once it is resumed. */
  readonly interrupt?: (payload: SecretInterrupt) => unknown
  /** In place of the saver's `onUnresolved`. */
  readonly onUnresolved?: 'throw' | 'interrupt' | 'refresh'
  /** Asked before policy is, and denies where it says no. */
  readonly mayHave?: ((claim: ClaimClass) => boolean) | undefined
}

/** What a claim is of. */
export type ClaimClass = Pick<ClaimRow, 'ruleId' | 'mode'>

export interface UseContext {
  readonly vault: VaultContext
  readonly scope: ClaimScope
  readonly memory: ThreadMemory
  readonly principal: Principal | null
  readonly runId: string | undefined
  readonly node: string | undefined
  readonly onUnresolved: 'throw' | 'interrupt' | 'refresh'
  /** Undefined outside a graph. */
  readonly interrupt: UseSecretContext['interrupt']
  readonly mayHave?: UseSecretContext['mayHave']
}

/**
 * Claims a secret for as long as `use` runs. Neither its answer nor what it throws carries the value on: a copy of it
 * there becomes the claim's URL again.
 * @throws ClaimUrlError, UnresolvedClaimError with the reason, ApprovalRequiredError outside a graph, VaultUnavailableError.
 */
export async function useClaim<Value, Result>(
  url: string,
  use: (value: Value) => Result | Promise<Result>,
  context: UseContext,
): Promise<Result> {
  return runWith(url, await takeClaim(url, context), use, context)
}

/** Claims a secret; where it can be had later, after the graph was interrupted and resumed. @throws as `useClaim`. */
export async function takeClaim(url: string, context: UseContext): Promise<Payload> {
  const { id, ...parts } = parseUrl(url)
  if (!context.scope.owns({ id, ...parts }))
    throw new ClaimUrlError('This claim URL belongs to another vault, tenant or thread.')
  for (;;) {
    const taken = await take(url, context)
    if ('payload' in taken) return taken.payload
    await settle(url, taken, context)
  }
}

/** The vault cannot be asked. */
interface Unavailable {
  readonly reason: 'unavailable'
  readonly error: VaultUnavailableError
}

async function take(url: string, context: UseContext): Promise<Taken | Unavailable> {
  const { vault, scope, principal, runId, node } = context
  const { tenant, threadId } = scope
  if (principal === null) return { reason: 'no-principal' }
  const { mayHave } = context
  const request = { tenant, threadId, id: parseUrl(url).id, principal, runId, node, task: node, mayHave }
  try {
    const taken = await tryClaim(vault, request)
    if ('payload' in taken || taken.row === undefined || taken.reason !== 'expired') return taken
    if (context.onUnresolved !== 'refresh') return taken
    return (await refresh(taken.row, principal, context)) ? await tryClaim(vault, request) : taken
  } catch (error) {
    if (error instanceof VaultUnavailableError) return { reason: 'unavailable', error }
    throw error
  }
}

/** A fresh credential is asked for on behalf of who may have the old one. */
async function refresh(row: ClaimRow, principal: Principal, { vault, runId, node }: UseContext): Promise<boolean> {
  if (row.mode !== 'resume' || vault.refresher === undefined) return false
  const { tenant, threadId } = row
  const request = { tenant, threadId, principal, verb: 'claim', runId, node, task: node } as const
  const { now } = await vault.store.load({ tenant, threadId, ids: [], places: [], revocations: [] })
  const permission = await permit(vault, request, row, now)
  if (!permission.allowed) return false
  return (await vault.refresher.refresh(vault, row, principal, runId, false)) === 'refreshed'
}

/** Returns when it is worth trying again: the graph was interrupted, and somebody has resumed it. */
async function settle(url: string, refused: Refused | Unavailable, context: UseContext): Promise<void> {
  const { vault, interrupt, onUnresolved } = context
  const { reason } = refused
  if ('approval' in refused && refused.approval !== undefined) {
    if (interrupt === undefined) throw new ApprovalRequiredError(refused.approval.id)
    const approval = approvalInfo(vault.naming, refused.approval, refused.approval.requestedAt)
    interrupt({ type: 'secret-safe/approval', approval })
    return
  }
  if (interrupt !== undefined && onUnresolved === 'interrupt') {
    interrupt({ type: 'secret-safe/unresolved', claim: url, reason })
    return
  }
  if ('error' in refused) throw refused.error
  throw new UnresolvedClaimError(reason)
}

async function runWith<Value, Result>(
  url: string,
  payload: Payload,
  use: (value: Value) => Result | Promise<Result>,
  { memory }: UseContext,
): Promise<Result> {
  const value =
    payload.kind === 'text'
      ? payload.text
      : payload.kind === 'bytes'
        ? payload.bytes
        : await parsePersisted(payload.json)
  addStrings(value, memory.known)
  const cover = new Cover(value, url)
  try {
    return cover.in(await use(value as Value)) as Result
  } catch (error) {
    throw cover.inError(error)
  }
}
