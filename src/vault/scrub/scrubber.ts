import { scanByteText } from '../../detect/byte-text.js'
import type { FieldPaths } from '../../detect/field-paths.js'
import type { KnownValues } from '../../detect/known-values.js'
import { type Cursor, DESCEND, type RewriteVisitor } from '../../detect/rewrite.js'
import type { Scanner } from '../../detect/scanner.js'
import { isStructural } from '../../detect/structural.js'
import type { Hit, ScanContext } from '../../detect/types.js'
import { LimitError } from '../../errors.js'
import type { ClaimId, PlaceTag } from '../claim-store.js'
import { type ClaimUrlMatch, escapeClaimUrl, findClaimUrls } from '../claim-url.js'
import { type CredentialExpiry, jwtExpiry } from '../credential-expiry.js'
import { hitsBeside } from '../hits-beside.js'
import { type MintItem, placeKey } from '../mint.js'
import type { Payload } from '../payload.js'
import type { ScrubScope } from './claim-scope.js'
import { type PlacedClaim, ScannedMessages } from './clean-messages.js'
import { siblingExpiry } from './sibling-expiry.js'
import type { ThreadMemory } from './thread-memory.js'

export interface ScrubContext {
  readonly scanner: Scanner
  readonly fields: readonly FieldPaths[]
  readonly memory: ThreadMemory
  readonly scope: ScrubScope
  readonly runId: string | undefined
  readonly node: string | undefined
  readonly maxStateBytes: number
  readonly maxSecretBytes: number
  /** True for what was stored before: URLs that are escaped stay as they are. */
  readonly isStored?: boolean
  /** Told of each secret that is replaced, known or not. */
  readonly onClaim?: (claim: Pick<MintItem, 'id' | 'ruleId' | 'secret' | 'payload'>) => void
}

/** How one form of values is walked and written: live ones by the saver, stored JSON by `fix`. Both find the same claims. */
export interface ValueForm {
  /** True where messages are walked with all that they hold, persisted or not. */
  readonly isLive?: boolean
  /** Walks as `detect/rewrite` does. */
  rewrite(value: unknown, visitor: RewriteVisitor, copyAll: boolean, path: string[]): unknown
  /** What the claim of a value that is replaced as a whole stands for. */
  payloadOf(value: object): Payload
  /** As LangGraph's serializer writes it. @throws ValueUnsupportedError */
  stringify(value: unknown): string
  /** What a value that was marked as secret holds; undefined for any other. */
  exposed(value: unknown): { readonly value: unknown } | undefined
  /** Every string in a value that is sealed as a whole is known from then on. */
  addStrings(value: unknown, known: KnownValues): void
}

export const NO_CONTEXT: ScanContext = { key: undefined, parent: undefined }
export const isScannedKey = (key: string): boolean => key.length >= 8

/** What the rules say to seal; a rule may only report. */
export function sealable(hits: readonly Hit[]): readonly Hit[] {
  return hits.length === 0 || hits.every(isSealed) ? hits : hits.filter(isSealed)
}

function isSealed({ rule }: Hit): boolean {
  return rule.action === 'seal'
}

/**
 * Secrets and this thread's own claim URLs, without overlaps. A hit inside a URL is the URL's own text; one around or
 * across a URL is what stands beside it, so that the URL of an unrestored secret stays live.
 */
export function separate(
  text: string,
  hits: readonly Hit[],
  scope: Pick<ScrubScope, 'owns'>,
): { readonly secrets: readonly Hit[]; readonly urls: readonly ClaimUrlMatch[] } {
  const own = findClaimUrls(text).filter((url) => scope.owns(url))
  if (own.length === 0) return { secrets: hits, urls: own }
  return { secrets: hitsBeside(text, hits, own), urls: own }
}

export function replaceUrls(text: string, replace: (url: string, match: ClaimUrlMatch) => string): string {
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

/** Replaces the secrets of values by claim URLs, and keeps what the vault must be told of them. */
export class Scrubber {
  readonly items = new Map<string, MintItem>()
  readonly pasted = new Map<string, { readonly id: ClaimId; readonly place: PlaceTag }>()
  readonly #context: ScrubContext
  readonly #form: ValueForm
  readonly #visitor: RewriteVisitor
  readonly #all: boolean
  readonly #clean: ScannedMessages
  #channel = ''
  #bytes = 0

  /** @param all collect confirmed claims too. */
  constructor(context: ScrubContext, form: ValueForm, all = false) {
    this.#context = context
    this.#form = form
    this.#all = all
    context.memory.follow(context.scanner.allow)
    const { memory, runId } = context
    const { known, seen, seenLive, replaced, replacedLive } = memory
    const isConfirmed = ({ id, place }: PlacedClaim) => !all && memory.isConfirmed(id, place, runId)
    const messages = form.isLive ? { seen: seenLive, replaced: replacedLive } : { seen, replaced }
    this.#clean = new ScannedMessages({ known, ...messages, isConfirmed }, (chars) => this.#count(chars))
    const marked = context.fields.some((fields) => !fields.isEmpty)
    this.#visitor = {
      text: (text, at) => this.#text(text, at),
      key: (key, at) => (isScannedKey(key) ? this.#replace(key, this.#scan(key, NO_CONTEXT, false), at) : key),
      whole: (content, at, value) => this.#whole(content, at, value),
      enterForeign: (value, at) => {
        const marked = form.exposed(value)
        return marked === undefined ? DESCEND : this.#seal(marked.value, at, 'secret')
      },
      // A marked field may lie in any message: then all are walked.
      ...(marked ? { enter: (value: unknown, at: Cursor) => this.#enter(value, at) } : { clean: this.#clean }),
    }
  }

  scrub(value: unknown, channel: string, copyAll: boolean): unknown {
    this.#channel = channel
    this.#clean.channel = channel
    return this.#form.rewrite(value, this.#visitor, copyAll, [channel])
  }

  #enter(value: unknown, at: Cursor): unknown {
    if (value === null || value === undefined || value === '') return DESCEND
    // What no serializer persists.
    if (typeof value === 'symbol' || typeof value === 'function') return DESCEND
    if (!this.#context.fields.some((fields) => fields.matches(at.path))) return DESCEND
    if (this.#form.exposed(value) !== undefined) return DESCEND
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
    if (scanner.allow?.isByPath(context.path)) this.#clean.find()
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
    if (scanner.allow?.isByPath(at.path)) this.#clean.find()
    const hits =
      typeof content === 'string' ? this.#scan(content, at, false) : scanByteText(scanner, content, at, memory.known)
    const [hit] = sealable(hits)
    if (hit === undefined) return value
    for (const { secret } of sealable(hits)) memory.known.add(secret)
    return this.#claim(this.#form.payloadOf(value), hit.secret, hit.rule, at)
  }

  /** A marked value is sealed as a whole; the strings in it are known from now on. */
  #seal(value: unknown, at: Cursor, mark: 'secret' | 'field'): string {
    this.#form.addStrings(value, this.#context.memory.known)
    const rule = mark === 'secret' ? MARKED_SECRET : MARKED_FIELD
    if (mark === 'field' && typeof value === 'string')
      return this.#claim({ kind: 'text', text: value }, value, rule, at)
    const json = this.#form.stringify(value)
    const secret = typeof value === 'string' ? value : json
    return this.#claim({ kind: mark === 'secret' ? 'secret' : 'json', json }, secret, rule, at)
  }

  #claim(payload: Payload, secret: string, rule: Pick<Hit['rule'], 'id' | 'kind'>, at: Cursor): string {
    const { scanner, scope, memory, runId, maxSecretBytes, onClaim } = this.#context
    const casual = at.key === undefined || !scanner.isContextual(at.key)
    memory.known.add(secret, casual)
    const alias = memory.aliasOf(payload)
    const claim = { ...scope.claim(payload), ...alias }
    if (claim.payload.length > maxSecretBytes) {
      throw new LimitError(
        `A secret in channel "${this.#channel}" is over maxSecretBytes (${maxSecretBytes}); nothing was stored.`,
      )
    }
    onClaim?.({ id: claim.id, ruleId: rule.id, secret, payload: claim.payload })
    const place = scope.place(this.#channel, at.messageId)
    this.#clean.find(onClaim === undefined ? { id: claim.id, place } : null)
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
    const { scope, memory, runId, isStored } = this.#context
    if (match.escapes > 0) {
      this.#clean.find()
      return isStored === true ? url : escapeClaimUrl(url)
    }
    const place = scope.place(this.#channel, at.messageId)
    this.#clean.find({ id: match.id, place })
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
