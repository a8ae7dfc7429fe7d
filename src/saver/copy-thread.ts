import type { RunnableConfig } from '@langchain/core/runnables'
import type {
  ChannelVersions,
  CheckpointMetadata,
  CheckpointTuple,
  PendingWrite,
} from '@langchain/langgraph-checkpoint'
import type { Principal } from '../access/principal.js'
import { scanByteText } from '../detect/byte-text.js'
import { rewrite } from '../detect/rewrite.js'
import type { Scanner } from '../detect/scanner.js'
import { InputError } from '../errors.js'
import type { ClaimId } from '../vault/claim-store.js'
import { type ClaimUrlMatch, findClaimUrls, unescapeClaimUrl } from '../vault/claim-url.js'
import type { ClaimVault } from '../vault/claim-vault.js'
import { requireRight } from '../vault/decide.js'
import { type MintItem, mint, placeKey } from '../vault/mint.js'
import type { Payload } from '../vault/payload.js'
import { type Restored, type RestoreRequest, restore } from '../vault/restore.js'
import type { ClaimScope } from '../vault/scrub/claim-scope.js'
import { commit, subjectOf } from '../vault/vault-context.js'
import { tupleRead } from './reveal.js'
import type { AnySaver } from './saver-call.js'
import { REVIVED_OPTIONS } from './walk.js'

const BATCH = 500

export interface CopyResult {
  readonly checkpoints: number
  /** Claims that the copy has of its own. */
  readonly claims: number
  /** Claims that stay dead text in the copy: handoffs and leases, and what the principal may not restore or what has ended. */
  readonly left: number
}

export interface CopyContext {
  readonly inner: AnySaver
  /** What stores the copy, and seals what still stands in plaintext. */
  readonly outer: Pick<AnySaver, 'put' | 'putWrites'>
  readonly vault: ClaimVault
  readonly source: ClaimScope
  readonly target: ClaimScope
  readonly principal: Principal
  readonly scanner: Scanner
  readonly ttlMs: number | null
}

/**
 * Copies a thread's checkpoints, each of its live `resume` claims minted anew for the target. The source stays as it is,
 * so whatever fails halfway is done again by the same call; a copy that somebody else made is replaced by one that works.
 * @throws ClaimDeniedError without the right to `copy` both; InputError when the target holds checkpoints of its own.
 */
export async function copyThread(context: CopyContext): Promise<CopyResult> {
  const { inner, vault, source, target, principal } = context
  for (const scope of [source, target]) await requireRight(vault.context(), principal, 'copy', scope)
  const tuples = await readThread(inner, source.threadId)
  const copied = await readThread(inner, target.threadId)
  const known = new Set(tuples.map(nameOf))
  if (tuples.length === 0) throw new InputError('The source thread has no checkpoints.')
  if (copied.some((tuple) => !known.has(nameOf(tuple))))
    throw new InputError('The target thread has checkpoints of its own: copy to a thread without any.')
  const { items, left } = await copyItems(context, tuples)
  await mintAll(context, items)
  // What was copied before us cannot be rewritten: savers keep the first version of a write, and of a channel.
  if (copied.length > 0) await inner.deleteThread(target.threadId)
  await store(context, tuples, items)
  return { checkpoints: tuples.length, claims: new Set([...items.values()].map(({ item }) => item.id)).size, left }
}

async function readThread(inner: AnySaver, threadId: string): Promise<readonly CheckpointTuple[]> {
  const tuples: CheckpointTuple[] = []
  for await (const tuple of inner.list({ configurable: { thread_id: threadId } })) tuples.push(tuple)
  // Oldest first: a parent is stored before its children.
  return tuples.sort((a, b) => (a.checkpoint.id < b.checkpoint.id ? -1 : 1))
}

function nameOf({ config, checkpoint }: CheckpointTuple): string {
  return JSON.stringify([config.configurable?.checkpoint_ns ?? '', checkpoint.id])
}

interface CopiedClaim {
  readonly oldId: ClaimId
  readonly url: string
  readonly item: MintItem
}

/** By the source's `placeKey`: what the target is to hold in its place. Opening is authorized and recorded as a read. */
async function copyItems(
  { vault, source, target, principal, scanner }: CopyContext,
  tuples: readonly CheckpointTuple[],
): Promise<{ readonly items: ReadonlyMap<string, CopiedClaim>; readonly left: number }> {
  const refs = new Map<string, RestoreRequest['refs'][number] & { readonly messageId: string }>()
  for (const tuple of tuples) {
    eachUrl(tuple, (match, channel, messageId) => {
      if (match.escapes > 0 || !source.owns(match)) return
      const place = source.place(channel, messageId)
      refs.set(placeKey(match.id, place), { id: match.id, place, channel, messageId })
    })
  }
  const { tenant, threadId } = source
  const asked = { tenant, threadId, refs: [...refs.values()], principal, runId: undefined }
  const found: ReadonlyMap<string, Restored> = refs.size === 0 ? new Map() : await restore(vault.context(), asked)
  const items = new Map<string, CopiedClaim>()
  const dead = new Set<ClaimId>()
  for (const [key, { id, channel, messageId }] of refs) {
    const result = found.get(key)
    if (result === undefined || 'reason' in result) {
      dead.add(id)
      continue
    }
    const claim = target.claim(result.payload)
    const item = {
      id: claim.id,
      payload: claim.payload,
      secret: secretOf(result.payload, scanner),
      ruleId: result.ruleId,
      credentialExpiry: result.credentialExpiresAt === null ? undefined : { at: result.credentialExpiresAt },
      channel,
      place: target.place(channel, messageId),
    }
    items.set(key, { oldId: id, url: claim.url, item })
  }
  return { items, left: dead.size }
}

/** Claims of one secret form a group, whatever encodes it. */
function secretOf(payload: Payload, scanner: Scanner): string | Uint8Array {
  if (payload.kind === 'text') return scanner.scan(payload.text)[0]?.secret ?? payload.text
  if (payload.kind === 'bytes') return scanByteText(scanner, payload.bytes)[0]?.secret ?? payload.bytes
  const value: unknown = JSON.parse(payload.json)
  return typeof value === 'string' ? value : payload.json
}

async function mintAll(
  { vault, source, target, principal, ttlMs }: CopyContext,
  copied: ReadonlyMap<string, CopiedClaim>,
): Promise<void> {
  const context = vault.context()
  const all = [...copied.values()]
  const subject = subjectOf(principal, undefined)
  const { tenant, threadId } = target
  for (let i = 0; i < all.length; i += BATCH) {
    const items = all.slice(i, i + BATCH).map(({ item }) => item)
    await mint(context, { tenant, threadId, items, pasted: [], ttlMs, maxTtlMs: vault.maxTtlMs, subject })
  }
  const claims = [...new Set(all.flatMap(({ oldId, item }) => [oldId, item.id]))]
  const event = { operation: 'copy', outcome: 'ok', tenant, threadId: source.threadId, ...subject, claims } as const
  await commit(context, { events: [event, { ...event, threadId }] })
}

async function store(
  { outer, source, target }: CopyContext,
  tuples: readonly CheckpointTuple[],
  items: ReadonlyMap<string, CopiedClaim>,
): Promise<void> {
  const stored = new Set<string>()
  for (const tuple of tuples) {
    const { checkpoint, metadata, pendingWrites } = rewriteUrls(tuple, (url, match, channel, messageId) => {
      if (!source.owns(match)) return url
      // Literal text that looks like a claim of the source is no claim of the target: it needs no escape there.
      if (match.escapes > 0) return unescapeClaimUrl(url)
      return items.get(placeKey(match.id, source.place(channel, messageId)))?.url ?? url
    })
    const namespace: unknown = tuple.config.configurable?.checkpoint_ns ?? ''
    const parentId: unknown = tuple.parentConfig?.configurable?.checkpoint_id
    const at = (id: unknown): RunnableConfig => ({
      configurable: {
        thread_id: target.threadId,
        checkpoint_ns: namespace,
        ...(id === undefined ? {} : { checkpoint_id: id }),
      },
    })
    const versions = newVersions(checkpoint.channel_versions, namespace, stored)
    await outer.put(at(parentId), checkpoint, ofThread(metadata, source.threadId, target.threadId), versions)
    const byTask = new Map<string, PendingWrite[]>()
    for (const [taskId, channel, value] of pendingWrites ?? [])
      byTask.set(taskId, [...(byTask.get(taskId) ?? []), [channel, value]])
    for (const [taskId, writes] of byTask) await outer.putWrites(at(checkpoint.id), writes, taskId)
  }
}

/** Some savers store a channel's value once for each version. */
function newVersions(versions: ChannelVersions, namespace: unknown, stored: Set<string>): ChannelVersions {
  const fresh = Object.entries(versions ?? {}).filter(([channel, version]) => {
    const name = JSON.stringify([namespace, channel, version])
    return !stored.has(name) && stored.add(name)
  })
  return Object.fromEntries(fresh)
}

/** Servers write the thread's id into metadata. */
function ofThread(metadata: CheckpointTuple['metadata'], from: string, to: string): CheckpointMetadata {
  const named = (metadata as { thread_id?: unknown } | undefined)?.thread_id === from
  return named ? ({ ...metadata, thread_id: to } as CheckpointMetadata) : (metadata as CheckpointMetadata)
}

function eachUrl(
  tuple: CheckpointTuple,
  visit: (match: ClaimUrlMatch, channel: string, messageId: string) => void,
): void {
  rewriteUrls(tuple, (url, match, channel, messageId) => {
    visit(match, channel, messageId)
    return url
  })
}

function rewriteUrls(
  tuple: CheckpointTuple,
  replace: (url: string, match: ClaimUrlMatch, channel: string, messageId: string) => string,
): CheckpointTuple {
  return tupleRead(tuple).map((value, channel) => {
    const text = (given: string, { messageId }: { readonly messageId: string }) => {
      let out = ''
      let done = 0
      for (const match of findClaimUrls(given)) {
        out += given.slice(done, match.start) + replace(given.slice(match.start, match.end), match, channel, messageId)
        done = match.end
      }
      return done === 0 ? given : out + given.slice(done)
    }
    return rewrite(value, { text, key: text, whole: (_content, _at, kept) => kept }, REVIVED_OPTIONS, [channel])
  })
}
