import { nameOfField, nameOfItem } from '../field-name.js'
import { type Cursor, DESCEND, type RewriteVisitor } from '../rewrite.js'
import { isByteList, setOwn } from '../shapes.js'
import { bytesOfMembers, type JsonNode, type JsonObject, type JsonText, memberOf, numbersOf, textOf } from './node.js'
import { messageIdOf, recordOf, type StoredRecord } from './record.js'

/** A token or a whole value in a JSON text, and the string that takes its place. */
export interface JsonEdit {
  /** Byte offsets in the old text. */
  readonly start: number
  readonly end: number
  /** The string that stood there, decoded; undefined where a whole value is replaced. */
  readonly old: string | undefined
  readonly next: string
  /** JSON that takes the place as it is, and not as a string. */
  readonly json?: string
  /** Of the serialized object around it. */
  readonly messageId: string
}

/** What a visitor answers where no string, but a value is to stand. */
export class StoredJson {
  constructor(readonly json: string) {}
}

/**
 * Walks stored JSON as `rewrite` walks the value that it was written from: the same visitor is called for the same texts with
 * the same path, key, siblings and message id. What `JsonPlusSerializer` writes as `{lc: 1, …}` and `{lc: 2, …}` is looked
 * through and constructed never. A visitor that is handed a whole value gets its node.
 * @returns what to replace, in the order of the visits; nothing is changed.
 */
export function rewriteJson(node: JsonNode, visitor: RewriteVisitor, path: string[] = []): readonly JsonEdit[] {
  const rewriter = new JsonRewriter(visitor, path)
  rewriter.value(node)
  return rewriter.edits
}

/** The text with its edits, given in the order of the text, and every other byte as it was. */
export function applyEdits(bytes: Uint8Array, edits: readonly JsonEdit[]): Uint8Array {
  const tokens = edits.map(({ next, json }) => utf8.encode(json ?? JSON.stringify(next)))
  const removed = edits.reduce((sum, { start, end }) => sum + end - start, 0)
  const out = new Uint8Array(bytes.length - removed + tokens.reduce((sum, { length }) => sum + length, 0))
  let from = 0
  let to = 0
  for (const [i, { start, end }] of edits.entries()) {
    out.set(bytes.subarray(from, start), to)
    out.set(tokens[i]!, to + start - from)
    to += start - from + tokens[i]!.length
    from = end
  }
  out.set(bytes.subarray(from), to)
  return out
}

const utf8 = new TextEncoder()

class JsonCursor implements Cursor {
  readonly path: (string | number)[]
  key: string | undefined
  messageId = ''
  holder: JsonObject | undefined
  #parent: Cursor['parent']
  #parentOf: JsonObject | undefined

  constructor(path: string[]) {
    this.path = [...path]
    this.key = path.at(-1)
  }

  /** Made when it is asked for, which is seldom. */
  get parent(): Cursor['parent'] {
    if (this.#parentOf !== this.holder) {
      this.#parentOf = this.holder
      this.#parent = this.holder === undefined ? undefined : plainFields(this.holder)
    }
    return this.#parent
  }
}

/** What stands beside a value, for rules that look at it: texts, numbers and nulls. */
function plainFields({ members }: JsonObject): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = {}
  for (const { key, value } of members) {
    if (value.kind === 'text') setOwn(fields, key.value, value.value)
    else setOwn(fields, key.value, value.kind === 'atom' ? (JSON.parse(value.raw) as unknown) : {})
  }
  return fields
}

class JsonRewriter {
  readonly edits: JsonEdit[] = []
  readonly #visitor: RewriteVisitor
  readonly #at: JsonCursor

  constructor(visitor: RewriteVisitor, path: string[]) {
    this.#visitor = visitor
    this.#at = new JsonCursor(path)
  }

  value(node: JsonNode): void {
    const record = node.kind === 'object' ? recordOf(node) : undefined
    if (this.#visitor.enter !== undefined && this.#replaced(node, this.#visitor.enter(given(node, record), this.#at)))
      return
    const { messageId, holder } = this.#at
    if (node.kind === 'text') this.#text(node)
    else if (node.kind === 'object') this.#object(node, record!)
    else if (node.kind === 'numbers') this.#numbers(node)
    else if (node.kind === 'list') this.#items(node.items)
    this.#at.messageId = messageId
    this.#at.holder = holder
  }

  #text(node: JsonText): void {
    this.#edit(node, node.value, this.#visitor.text(node.value, this.#at))
  }

  #numbers(node: Extract<JsonNode, { kind: 'numbers' }>): void {
    const numbers = numbersOf(node)
    if (isByteList(numbers)) this.#whole(node, Uint8Array.from(numbers))
  }

  #items(items: readonly JsonNode[]): void {
    const at = this.#at
    const { path, key } = at
    for (const [i, item] of items.entries()) {
      if (item.kind === 'text') at.key = nameOfItem(item.value, i, items.length, textOf(items[i - 1]), key)
      path.push(i)
      this.value(item)
      path.pop()
      at.key = key
    }
  }

  #object(node: JsonObject, record: StoredRecord): void {
    const bytes = record.kind === 'bytes' ? record.bytes : bytesOfMembers(node)
    if (bytes !== undefined) this.#whole(node, bytes)
    else if (record.kind === 'pattern') this.#whole(node, record.source.value)
    else if (record.kind === 'message') this.#message(node, record.kwargs)
    else this.#container(node, record)
  }

  #container(node: JsonObject, record: StoredRecord): void {
    if (record.kind === 'map') this.#map(record.entries.map(({ items }) => items))
    else if (record.kind === 'set') this.#set(record.items)
    else if (record.kind === 'error') this.#text(record.message)
    else this.#at.messageId = messageIdOf(node) ?? this.#at.messageId
    const isOpened = record.kind === 'map' || record.kind === 'set' || record.kind === 'error'
    this.#fields(node, isOpened ? memberOf(node, 'args') : undefined)
  }

  #set(items: JsonNode): void {
    if (items.kind === 'list') for (const item of items.items) this.value(item)
  }

  /** Fields of a message have no `kwargs` in their path, and their names are not looked at: it is a class that has them. */
  #message(node: JsonObject, kwargs: JsonObject): void {
    this.#at.messageId = messageIdOf(node) ?? ''
    this.#at.holder = kwargs
    for (const { key, value } of kwargs.members) this.#child(key.value, key.value, value)
    this.#fields(node, kwargs)
  }

  #map(entries: readonly (readonly JsonNode[])[]): void {
    const { key: outer } = this.#at
    for (const [key, value] of entries) {
      if (key!.kind === 'text') this.#child(key!.value, this.#key(key!), value!)
      else {
        this.value(key!)
        this.#child(outer, String(this.#at.path.length), value!)
      }
    }
  }

  #fields(node: JsonObject, except?: JsonNode): void {
    const { holder, key: outer } = this.#at
    this.#at.holder = node
    const read = (name: string) => textOf(memberOf(node, name))
    for (const { key, value } of node.members) {
      if (value === except) continue
      this.#child(value.kind === 'text' ? nameOfField(key.value, outer, read) : key.value, this.#key(key), value)
    }
    this.#at.holder = holder
  }

  #key(node: JsonText): string {
    const next = this.#visitor.key(node.value, this.#at)
    this.#edit(node, node.value, next)
    return next
  }

  #child(key: string | undefined, shown: string, value: JsonNode): void {
    const at = this.#at
    const outer = at.key
    at.path.push(shown)
    at.key = key
    this.value(value)
    at.path.pop()
    at.key = outer
  }

  #whole(node: JsonNode, content: Uint8Array | string): void {
    this.#replaced(node, this.#visitor.whole(content, this.#at, node))
  }

  #replaced(node: JsonNode, next: unknown): boolean {
    if (next === DESCEND || next === node) return false
    this.#edit(node, node.kind === 'text' ? node.value : undefined, next)
    return true
  }

  #edit({ start, end }: JsonNode, old: string | undefined, next: unknown): void {
    const { messageId } = this.#at
    if (next instanceof StoredJson) this.edits.push({ start, end, old, next: '', json: next.json, messageId })
    else if (typeof next === 'string' && next !== old) this.edits.push({ start, end, old, next, messageId })
  }
}

/** What a visitor that is asked about every value is handed: primitives as they are, a node for anything else. */
function given(node: JsonNode, record: StoredRecord | undefined): unknown {
  if (node.kind === 'text') return node.value
  if (record?.kind === 'undefined') return undefined
  return node.kind === 'atom' && node.raw === 'null' ? null : node
}
