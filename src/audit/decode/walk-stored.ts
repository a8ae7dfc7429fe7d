import { nameOfField, nameOfItem } from '../../detect/field-name.js'
import { bytesOfFields, isByteList } from '../../detect/shapes.js'
import { LimitError } from '../../errors.js'
import type { Part, Parts } from './state-parser.js'

/** Where the walk stands. Mutable and reused: read it during the callback, copy what must outlive it. */
export interface StoredCursor {
  /** As the saver counts it: from the channel's value, without the `kwargs` of a serialized message. */
  readonly path: (string | number)[]
  key: string | undefined
  parent: Readonly<Record<string, unknown>> | undefined
  message: StoredMessage | undefined
}

export interface StoredMessage {
  readonly index: number
  readonly id?: string
  readonly role?: string
}

export interface StoredVisitor {
  text(text: string, at: StoredCursor): void
  /** @returns the key as it may stand in a path. */
  key(key: string, at: StoredCursor): string
  bytes(bytes: Uint8Array, at: StoredCursor): void
  /** Called around a part that was parsed by itself. */
  part?(part: Part, walk: () => void): void
  /** True when the value is dealt with as a whole; absent when no field is marked. */
  enter?(value: unknown, at: StoredCursor): boolean
}

type Fields = Readonly<Record<string, unknown>>

const MAX_DEPTH = 2_000
const CLASS_ROLES: Readonly<Record<string, string>> = {
  HumanMessage: 'user',
  HumanMessageChunk: 'user',
  AIMessage: 'assistant',
  AIMessageChunk: 'assistant',
  SystemMessage: 'system',
  ToolMessage: 'tool',
  FunctionMessage: 'tool',
  RemoveMessage: 'remove',
}
const TYPE_ROLES: Readonly<Record<string, string>> = { human: 'user', ai: 'assistant', system: 'system', tool: 'tool' }

/**
 * Walks parsed, unrevived state as `rewrite` walks the live one: what a serializer wrote as `{lc: 1, …}` or `{lc: 2, …}` is
 * looked through, and constructed never.
 * @throws LimitError when nested too deep.
 */
export function walkStored(
  value: unknown,
  visitor: StoredVisitor,
  path: readonly (string | number)[],
  parts?: Parts,
): void {
  const last = path.at(-1)
  new Walker(visitor, [...path], typeof last === 'string' ? last : undefined, parts).value(value, 0)
}

class Walker {
  readonly #visitor: StoredVisitor
  readonly #at: StoredCursor

  readonly #parts: Parts | undefined

  constructor(visitor: StoredVisitor, path: (string | number)[], key: string | undefined, parts: Parts | undefined) {
    this.#visitor = visitor
    this.#parts = parts
    this.#at = { path, key, parent: undefined, message: undefined }
  }

  value(value: unknown, depth: number): void {
    if (this.#visitor.enter?.(value, this.#at) === true) return
    if (typeof value === 'string') this.#visitor.text(value, this.#at)
    if (typeof value !== 'object' || value === null) return
    if (depth > MAX_DEPTH) throw new LimitError('A stored value is nested too deep.')
    if (Array.isArray(value)) this.#list(value, depth)
    else if (value instanceof Uint8Array) this.#visitor.bytes(value, this.#at)
    else if (value instanceof Map) this.#entries([...value], depth)
    else {
      const part = this.#parts?.at(value as Fields)
      if (part === undefined) this.#object(value as Fields, depth)
      else if (this.#visitor.part === undefined) this.value(part.value, depth)
      else this.#visitor.part(part, () => this.value(part.value, depth))
    }
  }

  #list(items: readonly unknown[], depth: number): void {
    if (isByteList(items)) {
      this.#visitor.bytes(Uint8Array.from(items), this.#at)
      return
    }
    const at = this.#at
    const { path, key } = at
    for (let i = 0; i < items.length; i++) {
      const item = items[i]
      if (typeof item === 'string') at.key = nameOfItem(item, i, items.length, items[i - 1], key)
      path.push(i)
      this.value(item, depth + 1)
      path.pop()
      at.key = key
    }
  }

  #object(value: Fields, depth: number): void {
    const at = this.#at
    const bytes = bytesOfFields(value)
    if (bytes !== undefined) {
      this.#visitor.bytes(bytes, at)
      return
    }
    const { parent, message } = at
    const fields = value.lc === 2 ? undefined : kwargsOf(value)
    const found = messageOf(fields ?? value, value, at.path.at(-1))
    if (found !== undefined) at.message = found
    if (isBuffer(value)) this.value(value.data, depth + 1)
    else if (fields !== undefined) {
      this.#fields(fields, depth)
      this.#fields(value, depth, 'kwargs')
    } else if (value.lc !== 2 || !this.#container(value, depth)) this.#fields(value, depth)
    at.parent = parent
    at.message = message
  }

  #fields(value: Fields, depth: number, except?: string): void {
    const at = this.#at
    const outer = at.key
    for (const key of Object.keys(value)) {
      if (key === except) continue
      at.parent = value
      const shown = this.#visitor.key(key, at)
      at.path.push(shown)
      at.key = typeof value[key] === 'string' ? nameOfField(key, outer, (name) => value[name]) : key
      this.value(value[key], depth + 1)
      at.path.pop()
      at.key = outer
    }
  }

  /** What JsonPlus writes for a Set, whose items have no place, a Map, an Error, a RegExp or bytes. @returns false when it is none of these. */
  #container({ type, id, args }: Fields, depth: number): boolean {
    if (type !== 'constructor' || !Array.isArray(id) || !Array.isArray(args)) return false
    const [name] = id as unknown[]
    const [first] = args as unknown[]
    if (name === 'Map' && Array.isArray(first) && first.every(isEntry)) this.#entries(first, depth)
    else if (name === 'Uint8Array') this.value(first, depth + 1)
    else if (name === 'Set' && Array.isArray(first)) for (const item of first) this.value(item, depth + 1)
    else if (name === 'Error' || name === 'RegExp') for (const arg of args) this.value(arg, depth + 1)
    else return false
    return true
  }

  #entries(entries: readonly (readonly [unknown, unknown])[], depth: number): void {
    const at = this.#at
    const outer = at.key
    for (const [key, value] of entries) {
      const isText = typeof key === 'string'
      if (!isText) this.value(key, depth + 1)
      const shown = isText ? this.#visitor.key(key, at) : String(at.path.length)
      at.path.push(shown)
      if (isText) at.key = key
      this.value(value, depth + 1)
      at.path.pop()
      at.key = outer
    }
  }
}

/** What a Buffer's `toJSON` says. */
function isBuffer({ type, data }: Fields): boolean {
  return type === 'Buffer' && Array.isArray(data)
}

function isEntry(entry: unknown): entry is readonly [unknown, unknown] {
  return Array.isArray(entry) && entry.length === 2
}

/** Of what LangChain's `toJSON` wrote. */
function kwargsOf(value: Fields): Fields | undefined {
  if (value.lc !== 1) return undefined
  const { kwargs } = value
  return typeof kwargs === 'object' && kwargs !== null && !Array.isArray(kwargs) ? (kwargs as Fields) : undefined
}

/** Whose message an item of a list is; undefined for whatever is no message. */
function messageOf(fields: Fields, whole: Fields, position: string | number | undefined): StoredMessage | undefined {
  if (fields.content === undefined && fields === whole) return undefined
  const role = roleOf(fields, whole)
  if (role === undefined) return undefined
  const { id } = fields
  const index = typeof position === 'number' ? position : 0
  return typeof id === 'string' && id !== '' ? { index, id, role } : { index, role }
}

function roleOf(fields: Fields, whole: Fields): string | undefined {
  if (fields !== whole) {
    const name: unknown = Array.isArray(whole.id) ? whole.id.at(-1) : undefined
    const role = typeof name === 'string' && Object.hasOwn(CLASS_ROLES, name) ? CLASS_ROLES[name] : undefined
    if (role !== undefined) return role
  }
  const { role, type } = fields
  if (typeof role === 'string' && role.length <= 32) return role
  return typeof type === 'string' && Object.hasOwn(TYPE_ROLES, type) ? TYPE_ROLES[type] : undefined
}
