import { scanByteText } from '../detect/byte-text.js'
import type { FieldPaths } from '../detect/field-paths.js'
import { type Cursor, DESCEND, type RewriteVisitor, rewrite } from '../detect/rewrite.js'
import type { Scanner } from '../detect/scanner.js'
import { isStructural } from '../detect/structural.js'
import type { Hit, ScanContext } from '../detect/types.js'
import { LimitError } from '../errors.js'
import type { ClaimId, PlaceTag } from '../vault/claim-store.js'
import { type ClaimUrlMatch, escapeClaimUrl, findClaimUrls } from '../vault/claim-url.js'
import { type CredentialExpiry, jwtExpiry } from '../vault/credential-expiry.js'
import { hitsBeside } from '../vault/hits-beside.js'
import { type MintItem, placeKey } from '../vault/mint.js'
import type { Payload } from '../vault/payload.js'
import type { ClaimScope } from './claim-scope.js'
import { ScannedMessages } from './clean-messages.js'
import { stringifyPersisted } from './persisted-json.js'
import type { SaverCall } from './saver-call.js'
import { isSecret } from './secret.js'
import { siblingExpiry } from './sibling-expiry.js'
import type { ThreadMemory } from './thread-memory.js'
import { addStrings, COPY_OPTIONS, KEEP_VISITOR, REWRITE_OPTIONS } from './walk.js'

export interface ScrubContext {
  readonly scanner: Scanner
  readonly fields: readonly FieldPaths[]
  readonly memory: ThreadMemory
  readonly scope: ClaimScope
  readonly runId: string | undefined
  readonly node: string | undefined
  readonly maxStateBytes: number
  readonly maxSecretBytes: number
}

/** A call whose secrets are claim URLs, and what the vault must know before it may be sent. */
export interface Scrubbed<Result> {
  readonly call: SaverCall<Result>
  /** Claims and places that were not confirmed lately. */
  readonly items: readonly MintItem[]
  /** URLs that stood in the text, live only if the vault saw their plaintext where they stand. */
  readonly pasted: readonly { readonly id: ClaimId; readonly place: PlaceTag }[]
}

/** The state as it is now, for a caller that must wait before it can be scrubbed. */
export function copyCall<Result>(call: SaverCall<Result>): SaverCall<Result> {
  return call.owned().map((value, channel) => rewrite(value, KEEP_VISITOR, COPY_OPTIONS, [channel]))
}

/**
 * Replaces every secret in a call by its claim URL. Collects first, then replaces: while new known values turn up the
 * call is scanned again, so that a value found in its last field is replaced in its first one too.
 * @throws LimitError, ValueUnsupportedError
 */
export function scrub<Result>(call: SaverCall<Result>, context: ScrubContext, copyAll: boolean): Scrubbed<Result> {
  for (;;) {
    const version = context.memory.known.version
    const scrubber = new Scrubber(context)
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
  const scrubber = new Scrubber(context, true)
  return { value: scrubber.scrub(value, channel, false), items: [...scrubber.items.values()] }
}

/** Escapes those pasted URLs that the vault does not know at their place. */
export function escapePasted<Result>(
  call: SaverCall<Result>,
  { scope }: ScrubContext,
  dead: ReadonlySet<string>,
): SaverCall<Result> {
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

const NO_CONTEXT: ScanContext = { key: undefined, parent: undefined }
const isScannedKey = (key: string): boolean => key.length >= 8

/** Every plaintext secret in a value that was read; nothing is replaced. */
export function findPlaintext(value: unknown, channel: string, context: ScrubContext): ReadonlySet<string> {
  const { memory, scanner, scope } = context
  const rules = new Set<string>()
  memory.follow(scanner.allow)
  const clean = new ScannedMessages(memory)
  const look = (text: string, hits: readonly Hit[]) => {
    if (hits.length > 0 || findClaimUrls(text).length > 0) clean.found++
    for (const hit of hits.length === 0 ? hits : separate(text, sealable(hits), scope).secrets) {
      rules.add(hit.rule.id)
      memory.known.add(hit.secret, true)
    }
    return text
  }
  const visitor: RewriteVisitor = {
    ...KEEP_VISITOR,
    text: (text, at) => {
      if (scanner.allow?.isByPath(at.path)) clean.found++
      return look(text, memory.scan(scanner, text, at, isStructural(at.key)))
    },
    key: (key) => (isScannedKey(key) ? look(key, memory.scan(scanner, key, NO_CONTEXT, false)) : key),
    whole: (_content, _at, kept) => {
      clean.found++
      return kept
    },
    clean,
  }
  rewrite(value, visitor, REWRITE_OPTIONS, [channel])
  return rules
}

/** What the rules say to seal; a rule may only report. */
function sealable(hits: readonly Hit[]): readonly Hit[] {
  return hits.length === 0 || hits.every(isSealed) ? hits : hits.filter(isSealed)
}

function isSealed({ rule }: Hit): boolean {
  return rule.action === 'seal'
}

/**
 * Secrets and this thread's own claim URLs, without overlaps. A hit inside a URL is the URL's own text; one around or
 * across a URL is what stands beside it, so that the URL of an unrestored secret stays live.
 */
function separate(
  text: string,
  hits: readonly Hit[],
  scope: ClaimScope,
): { readonly secrets: readonly Hit[]; readonly urls: readonly ClaimUrlMatch[] } {
  const own = findClaimUrls(text).filter((url) => scope.owns(url))
  if (own.length === 0) return { secrets: hits, urls: own }
  return { secrets: hitsBeside(text, hits, own), urls: own }
}

function replaceUrls(text: string, replace: (url: string, match: ClaimUrlMatch) => string): string {
  let out = ''
  let done = 0
  for (const match of findClaimUrls(text)) {
    out += text.slice(done, match.start) + replace(text.slice(match.start, match.end), match)
    done = match.end
  }
  return done === 0 ? text : out + text.slice(done)
}

const MARKED_SECRET = { id: 'marked-secret', kind: 'private' } as const
const MARKED_FIELD = { id: 'marked-field', kind: 'private' } as const

/** A token's own word goes before what stands beside it. */
function expiryOf(secret: string, { key, parent }: Cursor): CredentialExpiry | undefined {
  const at = jwtExpiry(secret)
  return at === null ? siblingExpiry(key, parent) : { at }
}

class Scrubber {
  readonly items = new Map<string, MintItem>()
  readonly pasted = new Map<string, { readonly id: ClaimId; readonly place: PlaceTag }>()
  readonly #context: ScrubContext
  readonly #visitor: RewriteVisitor
  readonly #all: boolean
  readonly #clean: ScannedMessages
  #channel = ''
  #bytes = 0

  /** @param all collect confirmed claims too. */
  constructor(context: ScrubContext, all = false) {
    this.#context = context
    this.#all = all
    context.memory.follow(context.scanner.allow)
    this.#clean = new ScannedMessages(context.memory, (chars) => this.#count(chars))
    const marked = context.fields.some((fields) => !fields.isEmpty)
    this.#visitor = {
      text: (text, at) => this.#text(text, at),
      key: (key, at) => (isScannedKey(key) ? this.#replace(key, this.#scan(key, NO_CONTEXT, false), at) : key),
      whole: (content, at, value) => this.#whole(content, at, value),
      enterForeign: (value, at) => (isSecret(value) ? this.#seal(value.expose(), at, 'secret') : DESCEND),
      // A marked field may lie in any message: then all are walked.
      ...(marked ? { enter: (value: unknown, at: Cursor) => this.#enter(value, at) } : { clean: this.#clean }),
    }
  }

  scrub(value: unknown, channel: string, copyAll: boolean): unknown {
    this.#channel = channel
    return rewrite(value, this.#visitor, copyAll ? COPY_OPTIONS : REWRITE_OPTIONS, [channel])
  }

  #enter(value: unknown, at: Cursor): unknown {
    if (value === null || value === undefined || value === '' || isSecret(value)) return DESCEND
    // What no serializer persists.
    if (typeof value === 'symbol' || typeof value === 'function') return DESCEND
    if (!this.#context.fields.some((fields) => fields.matches(at.path))) return DESCEND
    if (typeof value === 'string' && this.#isOwnUrl(value)) return DESCEND
    return this.#seal(value, at, 'field')
  }

  #text(text: string, at: Cursor): unknown {
    this.#count(text.length)
    const hits = this.#scan(text, at, isStructural(at.key))
    return this.#replace(text, hits, at)
  }

  #scan(text: string, context: ScanContext, structural: boolean): readonly Hit[] {
    const { memory, scanner } = this.#context
    // Clean by its path is not clean: the same message may be put elsewhere.
    if (scanner.allow?.isByPath(context.path)) this.#clean.found++
    const hits = sealable(memory.scan(scanner, text, context, structural))
    for (const { within = [] } of hits) for (const secret of within) memory.known.add(secret)
    return hits
  }

  #replace(text: string, hits: readonly Hit[], at: Cursor): string {
    const { secrets, urls } = separate(text, hits, this.#context.scope)
    if (secrets.length === 0 && urls.length === 0) return text
    let out = ''
    let done = 0
    for (const run of [...secrets, ...urls].sort((a, b) => a.start - b.start)) {
      const stored = text.slice(run.start, run.end)
      out += text.slice(done, run.start)
      out +=
        'rule' in run
          ? this.#claim({ kind: 'text', text: stored }, run.secret, run.rule, at)
          : this.#paste(stored, run, at)
      done = run.end
    }
    return out + text.slice(done)
  }

  #whole(content: Uint8Array | string, at: Cursor, value: object): unknown {
    const { memory, scanner } = this.#context
    this.#count(content.length)
    if (scanner.allow?.isByPath(at.path)) this.#clean.found++
    const hits =
      typeof content === 'string' ? this.#scan(content, at, false) : scanByteText(scanner, content, at, memory.known)
    const [hit] = sealable(hits)
    if (hit === undefined) return value
    for (const { secret } of sealable(hits)) memory.known.add(secret)
    // A Buffer persists as { type, data }, and comes back so from a bare saver too.
    const isBytes = value instanceof Uint8Array && !Buffer.isBuffer(value)
    const payload: Payload = isBytes
      ? { kind: 'bytes', bytes: Uint8Array.from(value) }
      : { kind: 'json', json: stringifyPersisted(value) }
    return this.#claim(payload, hit.secret, hit.rule, at)
  }

  /** A marked value is sealed as a whole; the strings in it are known from now on. */
  #seal(value: unknown, at: Cursor, mark: 'secret' | 'field'): string {
    addStrings(value, this.#context.memory.known)
    const rule = mark === 'secret' ? MARKED_SECRET : MARKED_FIELD
    if (mark === 'field' && typeof value === 'string')
      return this.#claim({ kind: 'text', text: value }, value, rule, at)
    const json = stringifyPersisted(value)
    const secret = typeof value === 'string' ? value : json
    return this.#claim({ kind: mark === 'secret' ? 'secret' : 'json', json }, secret, rule, at)
  }

  #claim(payload: Payload, secret: string, rule: Pick<Hit['rule'], 'id' | 'kind'>, at: Cursor): string {
    const { scanner, scope, memory, runId, maxSecretBytes } = this.#context
    this.#clean.found++
    const casual = at.key === undefined || !scanner.isContextual(at.key)
    memory.known.add(secret, casual)
    const alias = memory.aliasOf(payload)
    const claim = { ...scope.claim(payload), ...alias }
    if (claim.payload.length > maxSecretBytes) {
      throw new LimitError(
        `A secret in channel "${this.#channel}" is over maxSecretBytes (${maxSecretBytes}); nothing was stored.`,
      )
    }
    const place = scope.place(this.#channel, at.messageId)
    if (this.#all || !memory.isConfirmed(claim.id, place, runId)) {
      this.items.set(placeKey(claim.id, place), {
        id: claim.id,
        isAlias: alias !== undefined,
        payload: claim.payload,
        secret,
        ruleId: rule.id,
        kind: rule.kind,
        credentialExpiry: expiryOf(secret, at),
        channel: this.#channel,
        place,
      })
    }
    return claim.url
  }

  /** A URL that arrives as text: escaped already, known to be live here, or for the vault to say. */
  #paste(url: string, match: ClaimUrlMatch, at: Cursor): string {
    this.#clean.found++
    if (match.escapes > 0) return escapeClaimUrl(url)
    const { scope, memory, runId } = this.#context
    const place = scope.place(this.#channel, at.messageId)
    if (!memory.isConfirmed(match.id, place, runId)) this.pasted.set(placeKey(match.id, place), { id: match.id, place })
    return url
  }

  #isOwnUrl(text: string): boolean {
    const [match] = findClaimUrls(text)
    return (
      match !== undefined &&
      match.escapes === 0 &&
      match.start === 0 &&
      match.end === text.length &&
      this.#context.scope.owns(match)
    )
  }

  #count(size: number): void {
    this.#bytes += size
    const { maxStateBytes } = this.#context
    if (this.#bytes > maxStateBytes)
      throw new LimitError(`The state is over maxStateBytes (${maxStateBytes}); nothing was stored.`)
  }
}
