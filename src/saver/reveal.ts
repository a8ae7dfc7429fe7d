import type { CheckpointPendingWrite, CheckpointTuple, DeltaChannelHistory } from '@langchain/langgraph-checkpoint'
import type { Principal } from '../access/principal.js'
import { type CleanMessages, type Cursor, type RewriteVisitor, rewrite } from '../detect/rewrite.js'
import type { Scanner } from '../detect/scanner.js'
import type { UnresolvedReason } from '../vault/claim-row.js'
import type { ClaimId } from '../vault/claim-store.js'
import { CLAIM_MARK, type ClaimUrlMatch, findClaimUrls, unescapeClaimUrl } from '../vault/claim-url.js'
import { placeKey } from '../vault/mint.js'
import type { Payload } from '../vault/payload.js'
import { type RestoreRequest, restore } from '../vault/restore.js'
import { METADATA } from '../vault/scrub/channels.js'
import type { ClaimScope } from '../vault/scrub/claim-scope.js'
import { withoutUrls } from '../vault/scrub/clean-messages.js'
import type { ThreadMemory } from '../vault/scrub/thread-memory.js'
import type { VaultContext } from '../vault/vault-context.js'
import type { ChannelModes } from './channel-modes.js'
import { parsePersisted } from './persisted-json.js'
import { mapCheckpoint, mapFields, mapItems, type Visit } from './saver-call.js'
import { secret } from './secret.js'
import { addStrings, REVIVED_OPTIONS } from './walk.js'

/** Something read from the inner saver: every value in it can be visited. */
export interface SaverRead<T> {
  readonly value: T
  map(visit: Visit): T
}

export function tupleRead(tuple: CheckpointTuple): SaverRead<CheckpointTuple> {
  return {
    value: tuple,
    map(visit) {
      const checkpoint = mapCheckpoint(tuple.checkpoint, visit)
      const metadata = visit(tuple.metadata, METADATA) as CheckpointTuple['metadata']
      const pendingWrites = tuple.pendingWrites && mapWrites(tuple.pendingWrites, visit)
      if (checkpoint === tuple.checkpoint && metadata === tuple.metadata && pendingWrites === tuple.pendingWrites)
        return tuple
      return { ...tuple, checkpoint, ...(metadata && { metadata }), ...(pendingWrites && { pendingWrites }) }
    },
  }
}

export function historyRead(
  history: Record<string, DeltaChannelHistory>,
): SaverRead<Record<string, DeltaChannelHistory>> {
  return {
    value: history,
    map: (visit) =>
      mapFields(history, (entry, channel) => {
        const { writes, seed } = entry as DeltaChannelHistory
        const nextWrites = mapWrites(writes, visit)
        const nextSeed = seed === undefined ? seed : visit(seed, channel)
        if (nextWrites === writes && nextSeed === seed) return entry
        return { ...(entry as object), writes: nextWrites, ...(nextSeed === undefined ? {} : { seed: nextSeed }) }
      }),
  }
}

function mapWrites(writes: CheckpointPendingWrite[], visit: Visit): CheckpointPendingWrite[] {
  return mapItems(writes, (write) => {
    const value = visit(write[2], write[1])
    return value === write[2] ? write : [write[0], write[1], value]
  })
}

export interface RevealContext {
  readonly vault: VaultContext
  readonly scope: ClaimScope
  readonly memory: ThreadMemory
  readonly scanner: Scanner
  readonly principal: Principal | null
  readonly runId: string | undefined
  readonly node: string | undefined
  readonly counters: RevealCounters
  readonly channels: ChannelModes
  /** Decides what stands in the place of a claim that is not restored: `undefined` keeps the URL. */
  readonly onUnresolved: (unresolved: Unresolved) => string | undefined
}

export interface Unresolved {
  readonly url: string
  readonly reason: UnresolvedReason
  readonly channel: string
}

export interface RevealCounters {
  restored: number
  unresolved: number
  /** Texts shaped like a claim URL that this vault did not make for this thread; left as they are. */
  forged: number
}

/** Puts the plaintext back for an authorized principal, in one vault request for the whole read. */
export async function reveal<T>(read: SaverRead<T>, context: RevealContext): Promise<T> {
  const refs = collect(read, context)
  if (refs === undefined) return read.value
  const found =
    refs.size === 0
      ? new Map()
      : await restore(context.vault, {
          tenant: context.scope.tenant,
          threadId: context.scope.threadId,
          refs: [...refs.values()],
          principal: context.principal,
          runId: context.runId,
          node: context.node,
        })
  if (refs.size > 0) context.memory.hasClaims = true
  const values = new Map<string, unknown>()
  for (const [key, ref] of refs) {
    const result = found.get(key) ?? { reason: 'unknown' as const }
    if ('payload' in result) {
      values.set(key, await materialize(result.payload, context))
      follow(result.payload, ref.id, context)
      context.memory.confirm(ref.id, ref.place, context.runId, result.confirmMs)
    } else values.set(key, new Refusal(result.reason))
  }
  return read.map((value, channel) =>
    rewrite(value, new Revealer(context, channel, values), REVIVED_OPTIONS, [channel]),
  )
}

class Refusal {
  constructor(readonly reason: UnresolvedReason) {}
}

/** Undefined when nothing in the read looks like a claim URL of this vault. */
function collect<T>(
  read: SaverRead<T>,
  { scope, counters, memory, channels }: RevealContext,
): Map<string, RestoreRequest['refs'][number]> | undefined {
  const refs = new Map<string, RestoreRequest['refs'][number]>()
  const clean = withoutUrls(memory.seen)
  let any = false
  read.map((value, channel) => {
    const look = (text: string, at: Cursor) => {
      if (!text.includes(CLAIM_MARK)) return text
      for (const match of findClaimUrls(text)) {
        if (!scope.owns(match)) {
          counters.forged++
          continue
        }
        any = true
        if (match.escapes > 0 || channels.leavesHandle(at.path)) continue
        const place = scope.place(channel, at.messageId)
        refs.set(placeKey(match.id, place), { id: match.id, place, channel })
      }
      return text
    }
    rewrite(value, { text: look, key: look, whole: (_c, _at, kept) => kept, clean }, REVIVED_OPTIONS, [channel])
    return value
  })
  return any ? refs : undefined
}

/** A value that does not name its claim has replaced the one that does. */
function follow(payload: Payload, id: ClaimId, { memory, scope }: RevealContext): void {
  if (payload.kind !== 'bytes' && scope.claim(payload).id !== id) {
    memory.alias(payload, { id, url: scope.naming.url(scope, id) })
  }
}

/** What is restored is known from now on: a later error message may repeat it without its field. */
async function materialize(payload: Payload, { memory, scanner }: RevealContext): Promise<unknown> {
  if (payload.kind === 'text') {
    memory.known.add(payload.text)
    for (const hit of scanner.scan(payload.text)) memory.known.add(hit.secret)
    return payload.text
  }
  if (payload.kind === 'bytes') return new Whole(payload.bytes)
  const value = await parsePersisted(payload.json)
  addStrings(value, memory.known)
  return new Whole(payload.kind === 'secret' ? secret(value) : value)
}

/** Takes the place of a whole value, never of a part of a text. */
class Whole {
  constructor(readonly value: unknown) {}
}

class Revealer implements RewriteVisitor {
  readonly clean: CleanMessages

  constructor(
    readonly context: RevealContext,
    readonly channel: string,
    readonly values: ReadonlyMap<string, unknown>,
  ) {
    this.clean = withoutUrls(context.memory.seen)
  }

  whole(_content: unknown, _at: Cursor, value: object): unknown {
    return value
  }

  text(text: string, at: Cursor): unknown {
    return text.includes(CLAIM_MARK) ? this.#restore(text, at) : text
  }

  key(key: string, at: Cursor): string {
    const restored = this.mapKey(key, at)
    return typeof restored === 'string' ? restored : key
  }

  mapKey(key: string, at: Cursor): unknown {
    return key.includes(CLAIM_MARK) ? this.#restore(key, at) : key
  }

  #restore(text: string, at: Cursor): unknown {
    let out = ''
    let done = 0
    for (const match of findClaimUrls(text)) {
      if (!this.context.scope.owns(match)) continue
      const url = text.slice(match.start, match.end)
      const value = this.#resolve(url, match, at)
      if (value instanceof Whole) {
        if (url === text) return value.value
        continue
      }
      out += text.slice(done, match.start) + String(value)
      done = match.end
    }
    return done === 0 ? text : out + text.slice(done)
  }

  #resolve(url: string, match: ClaimUrlMatch, at: Cursor): unknown {
    if (match.escapes > 0) return unescapeClaimUrl(url)
    const { scope, counters, channels, onUnresolved } = this.context
    if (channels.leavesHandle(at.path)) return url
    const value = this.values.get(placeKey(match.id, scope.place(this.channel, at.messageId)))
    if (value instanceof Refusal) {
      counters.unresolved++
      return onUnresolved({ url, reason: value.reason, channel: this.channel }) ?? url
    }
    counters.restored++
    return value
  }
}
