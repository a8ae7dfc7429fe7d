import type { JsonNode } from '../../detect/json/node.js'
import { parseJson } from '../../detect/json/parse-json.js'
import { applyEdits, type JsonEdit } from '../../detect/json/rewrite-json.js'
import type { Cursor, RewriteVisitor } from '../../detect/rewrite.js'
import { LimitError } from '../../errors.js'
import type { ClaimId, PlaceTag } from '../../vault/claim-store.js'
import type { MintItem } from '../../vault/mint.js'
import { Scrubber, type ScrubContext } from '../../vault/scrub/scrubber.js'
import { StoredForm } from '../../vault/scrub/stored-form.js'
import { valuesOf } from './cell-values.js'
import type { StoredCell } from './store.js'

export type Claimed = Pick<MintItem, 'id' | 'ruleId' | 'secret' | 'payload'>

/** One replaced token, and what it says now. */
export interface CellEdit extends JsonEdit {
  readonly channel: string
  readonly path: readonly (string | number)[]
  /** In order. */
  readonly claims: readonly Claimed[]
}

/** Why a cell stays as it is, though it holds a secret or could not be looked through. */
export type LeftReason = 'not-json' | 'too-deep' | 'too-large' | 'invalid-utf8' | 'unknown-encoding' | 'secret-in-key'

export interface ScrubbedCell {
  readonly edits: readonly CellEdit[]
  /** As it is to be stored; the cell's own bytes when nothing is replaced. */
  readonly bytes: Uint8Array
  readonly type: string | null
  readonly items: readonly MintItem[]
  readonly pasted: readonly { readonly id: ClaimId; readonly place: PlaceTag }[]
  readonly left: LeftReason | undefined
}

/** Takes the place of a URL that turned out to be dead where it stands. */
export type Finish = (text: string, channel: string, messageId: string) => string

/**
 * A stored cell as the saver would have stored it. Nothing is revived; every byte outside of the replaced tokens stays, so
 * that numbers, white space and whatever else a parser would lose are what they were.
 */
export function scrubCell(cell: StoredCell, given: ScrubContext, finish?: Finish): ScrubbedCell {
  const log: Claimed[] = []
  const context = { ...given, onClaim: (claim: Claimed) => void log.push(claim) }
  try {
    const scrubbing = new CellScrubbing(cell, context, log, finish)
    if (cell.type === 'bytes') return scrubbing.bytes()
    if (cell.type === 'empty') return scrubbing.keep()
    if (cell.type !== null && cell.type !== 'json') return scrubbing.leave('unknown-encoding')
    const root = parseJson(cell.bytes)
    return root === undefined ? scrubbing.leave('not-json') : scrubbing.json(root)
  } catch (error) {
    if (!(error instanceof LimitError)) throw error
    return new CellScrubbing(cell, context, log, finish).leave(/deep/.test(error.message) ? 'too-deep' : 'too-large')
  }
}

class CellScrubbing {
  readonly #cell: StoredCell
  readonly #scrubber: Scrubber
  readonly #form: WatchedForm
  readonly #context: ScrubContext
  readonly #edits: CellEdit[] = []

  constructor(cell: StoredCell, context: ScrubContext, log: Claimed[], finish: Finish | undefined) {
    this.#cell = cell
    this.#context = context
    this.#form = new WatchedForm(log, finish)
    this.#scrubber = new Scrubber(context, this.#form, true)
  }

  json(root: JsonNode): ScrubbedCell {
    for (const { node, channel } of valuesOf(this.#cell, root)) this.#scrub(node, channel)
    const edits = this.#edits.sort((a, b) => a.start - b.start)
    if (edits.some((edit) => !isUtf8(this.#cell.bytes.subarray(edit.start, edit.end))))
      return this.leave('invalid-utf8')
    const bytes = edits.length === 0 ? this.#cell.bytes : applyEdits(this.#cell.bytes, edits)
    return { ...this.keep(), edits, bytes, items: [...this.#scrubber.items.values()], pasted: this.#pasted() }
  }

  /** Bytes that are a whole write become a URL, which is JSON. */
  bytes(): ScrubbedCell {
    const { bytes, channel = '' } = this.#cell
    const next = this.#scrubber.scrub(bytes, channel, false)
    const [note] = this.#form.notes
    if (typeof next !== 'string' || note === undefined) return this.keep()
    const edit = { ...note, start: 0, end: bytes.length, old: undefined, next, channel }
    const items = [...this.#scrubber.items.values()]
    return { ...this.keep(), edits: [edit], bytes: Buffer.from(JSON.stringify(next)), type: 'json', items }
  }

  keep(): ScrubbedCell {
    const { bytes, type } = this.#cell
    return { edits: [], bytes, type, items: [], pasted: [], left: undefined }
  }

  /** What cannot be looked through is left, and named if as plain text it holds a secret or is too much to say so. */
  leave(reason: LeftReason): ScrubbedCell {
    const { scanner, memory } = this.#context
    const isUnsure = reason === 'too-large' || reason === 'unknown-encoding'
    const hits = isUnsure ? [] : scanner.scan(Buffer.from(this.#cell.bytes).toString('utf8'), undefined, memory.known)
    return { ...this.keep(), left: isUnsure || hits.length > 0 ? reason : undefined }
  }

  #scrub(node: JsonNode, channel: string): void {
    this.#scrubber.scrub(node, channel, false)
    for (const [i, edit] of this.#form.edits.entries()) this.#edits.push({ ...edit, ...this.#form.notes[i]!, channel })
  }

  #pasted(): ScrubbedCell['pasted'] {
    return [...this.#scrubber.pasted.values()]
  }
}

interface Note {
  readonly path: readonly (string | number)[]
  readonly messageId: string
  readonly claims: readonly Claimed[]
}

/** Says of each edit where it is and which claims it holds. */
class WatchedForm extends StoredForm {
  notes: Note[] = []
  readonly #log: Claimed[]
  readonly #finish: Finish | undefined

  constructor(log: Claimed[], finish: Finish | undefined) {
    super()
    this.#log = log
    this.#finish = finish
  }

  override rewrite(value: unknown, visitor: RewriteVisitor, copyAll: boolean, path: string[]): unknown {
    this.notes = []
    const [channel = ''] = path
    const { enter } = visitor
    const watched: RewriteVisitor = {
      text: (text, at) => this.#note(text, visitor.text(text, at), at, channel),
      key: (key, at) => this.#note(key, visitor.key(key, at), at, channel) as string,
      whole: (content, at, whole) => this.#note(whole, visitor.whole(content, at, whole), at, channel),
      ...(enter === undefined
        ? {}
        : { enter: (item: unknown, at: Cursor) => this.#note(item, enter.call(visitor, item, at), at, channel) }),
    }
    return super.rewrite(value, watched, copyAll, path)
  }

  #note(given: unknown, answer: unknown, at: Cursor, channel: string): unknown {
    const claims = this.#log.splice(0)
    if (typeof answer !== 'string') return answer
    const next = this.#finish?.(answer, channel, at.messageId) ?? answer
    if (next !== given) this.notes.push({ path: [...at.path], messageId: at.messageId, claims })
    return next
  }
}

const strict = new TextDecoder('utf-8', { fatal: true })

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes)
    return true
  } catch {
    return false
  }
}
