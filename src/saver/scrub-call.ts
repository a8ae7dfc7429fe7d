import { type Cursor, type RewriteVisitor, rewrite } from '../detect/rewrite.js'
import { isStructural } from '../detect/structural.js'
import type { Hit } from '../detect/types.js'
import type { ClaimId, PlaceTag } from '../vault/claim-store.js'
import { escapeClaimUrl, findClaimUrls } from '../vault/claim-url.js'
import { type MintItem, placeKey } from '../vault/mint.js'
import { ScannedMessages } from '../vault/scrub/clean-messages.js'
import {
  isScannedKey,
  NO_CONTEXT,
  replaceUrls,
  Scrubber,
  type ScrubContext,
  sealable,
  separate,
} from '../vault/scrub/scrubber.js'
import { LIVE_FORM } from './live-form.js'
import type { Visitable } from './saver-call.js'
import { COPY_OPTIONS, KEEP_VISITOR, REWRITE_OPTIONS } from './walk.js'

/** A call whose secrets are claim URLs, and what the vault must know before it may be sent. */
export interface Scrubbed<Call> {
  readonly call: Call
  /** Claims and places that were not confirmed lately. */
  readonly items: readonly MintItem[]
  /** URLs that stood in the text, live only if the vault saw their plaintext where they stand. */
  readonly pasted: readonly { readonly id: ClaimId; readonly place: PlaceTag }[]
}

/** The state as it is now, for a caller that must wait before it can be scrubbed. */
export function copyCall<Call extends Visitable<Call>>(call: Call): Call {
  return call.owned().map((value, channel) => rewrite(value, KEEP_VISITOR, COPY_OPTIONS, [channel]))
}

/**
 * Replaces every secret in a call by its claim URL. Collects first, then replaces: while new known values turn up the
 * call is scanned again, so that a value found in its last field is replaced in its first one too.
 * @throws LimitError, ValueUnsupportedError
 */
export function scrub<Call extends Visitable<Call>>(
  call: Call,
  context: ScrubContext,
  copyAll: boolean,
): Scrubbed<Call> {
  for (;;) {
    const version = context.memory.known.version
    const scrubber = new Scrubber(context, LIVE_FORM)
    const scrubbed = call.map((value, channel) => scrubber.scrub(value, channel, copyAll))
    if (context.memory.known.version !== version) continue
    return { call: scrubbed, items: [...scrubber.items.values()], pasted: [...scrubber.pasted.values()] }
  }
}

/** One value's secrets as claim URLs, and all of its claims, confirmed or not. */
export function scrubValue(
  value: unknown,
  channel: string,
  context: ScrubContext,
): { readonly value: unknown; readonly items: readonly MintItem[] } {
  const scrubber = new Scrubber(context, LIVE_FORM, true)
  return { value: scrubber.scrub(value, channel, false), items: [...scrubber.items.values()] }
}

/** Escapes those pasted URLs that the vault does not know at their place. */
export function escapePasted<Call extends Visitable<Call>>(
  call: Call,
  { scope }: ScrubContext,
  dead: ReadonlySet<string>,
): Call {
  if (dead.size === 0) return call
  return call.map((value, channel) => {
    const escapeDead = (text: string, at: Cursor) =>
      replaceUrls(text, (url, match) => {
        if (match.escapes > 0 || !scope.owns(match)) return url
        return dead.has(placeKey(match.id, scope.place(channel, at.messageId))) ? escapeClaimUrl(url) : url
      })
    const visitor: RewriteVisitor = { ...KEEP_VISITOR, text: escapeDead, key: escapeDead }
    return rewrite(value, visitor, REWRITE_OPTIONS, [channel])
  })
}

/** Every plaintext secret in a value that was read; nothing is replaced. */
export function findPlaintext(value: unknown, channel: string, context: ScrubContext): ReadonlySet<string> {
  const { memory, scanner, scope } = context
  const rules = new Set<string>()
  memory.follow(scanner.allow)
  const { known, seen, replaced } = memory
  const clean = new ScannedMessages({ known, seen, replaced, isConfirmed: () => false })
  const look = (text: string, hits: readonly Hit[]) => {
    if (hits.length > 0 || findClaimUrls(text).length > 0) clean.find()
    for (const hit of hits.length === 0 ? hits : separate(text, sealable(hits), scope).secrets) {
      rules.add(hit.rule.id)
      memory.known.add(hit.secret, true)
    }
    return text
  }
  const visitor: RewriteVisitor = {
    ...KEEP_VISITOR,
    text: (text, at) => {
      if (scanner.allow?.isByPath(at.path)) clean.find()
      return look(text, memory.scan(scanner, text, at, isStructural(at.key)))
    },
    key: (key) => (isScannedKey(key) ? look(key, memory.scan(scanner, key, NO_CONTEXT, false)) : key),
    whole: (_content, _at, kept) => {
      clean.find()
      return kept
    },
    clean,
  }
  rewrite(value, visitor, REWRITE_OPTIONS, [channel])
  return rules
}
