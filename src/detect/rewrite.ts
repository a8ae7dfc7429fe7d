import { LimitError } from '../errors.js'
import { mayBorrowName, nameOfField, nameOfItem } from './field-name.js'
import {
  bytesOfFields,
  cloneInstance,
  type Fields,
  hasAccessor,
  isAccessor,
  isByteList,
  isPlainObject,
  setOwn,
} from './shapes.js'

/** Where the walk stands. Mutable and reused: read it during the callback, copy what must outlive it. */
export interface Cursor {
  /** From the root to the current value. */
  readonly path: (string | number)[]
  /** Nearest field name; arrays pass on the name of the field that holds them. */
  key: string | undefined
  /** The object that holds the current value, when it is one. */
  parent: Readonly<Record<string, unknown>> | undefined
  /** Persisted id of the serialized object (a message) around the current value; empty without one. */
  messageId: string
}

/** Returned by `enter` for "look inside". */
export const DESCEND: unique symbol = Symbol('descend')

/** Callbacks answer with the same reference for "keep", or with what takes the value's place. */
export interface RewriteVisitor {
  text(text: string, at: Cursor): unknown
  /** A field name, or a string key of a Map unless `mapKey` is there. */
  key(key: string, at: Cursor): string
  /** A string key of a Map, in whose place any value may stand. */
  mapKey?(key: string, at: Cursor): unknown
  /**
   * Content of a value that cannot hold other text: bytes, numbers that are bytes, a pattern's source. Answers with
   * `value` for "keep", or with what takes its place as a whole.
   */
  whole(content: Uint8Array | string, at: Cursor, value: object): unknown
  /** Called before anything else is done with a value; absent when no field is marked. */
  enter?(value: unknown, at: Cursor): unknown
  /** Called for a value with a foreign `toJSON`, before it is called. */
  enterForeign?(value: object, at: Cursor): unknown
  /** Absent when every message must be walked. */
  readonly clean?: CleanMessages
}

/** Lets a visitor pass over messages in which it found nothing. */
export interface CleanMessages {
  /** Grows with everything that the visitor finds, replaced or not. */
  readonly found: number
  /** True to keep the message without a look inside. */
  has(message: object): boolean
  /** Called for a message that was walked, and in which nothing was found. */
  add(message: object): void
  /** What took the message's place before, where that still holds; it counts as found again. */
  replacement?(message: object): object | undefined
  /** Called for a message that was replaced. @param since what was found before it. */
  replace?(message: object, replaced: object, since: number): void
}

export interface RewriteOptions {
  /** Copy everything, clean values too: for a caller that must wait before it hands the result on. */
  readonly copyAll?: boolean
  /** Deeper values throw `LimitError`; 4,000 unless told. */
  readonly maxDepth?: number
  /** True for a value whose reads may differ from one to the next; Node's `types.isProxy`, where there is one. */
  readonly isProxy?: (value: object) => boolean
  /** The value came out of a deserializer: walk its fields, keep its classes, call no `toJSON`. */
  readonly revived?: boolean
  /** The value goes on living in memory: messages keep their classes, and fields of theirs that are not persisted are walked, too. */
  readonly keepsMessages?: boolean
  /** True for LangChain's own `Serializable.prototype.toJSON`, which reads plain fields only. */
  readonly isKnownToJson?: (toJson: unknown) => boolean
}

export const CIRCULAR = '[Circular]'
const DEFAULT_MAX_DEPTH = 4_000

/**
 * Walks a value in the shape that a checkpoint serializer would persist, and returns it with the visitor's replacements.
 * Copy on write: arguments are never changed, and a value without a replacement is returned as the original reference.
 * What could read differently the next time (accessors, proxies, foreign `toJSON`) is read once, and that copy is
 * walked and returned.
 * @throws LimitError when nested too deep.
 */
export function rewrite(
  value: unknown,
  visitor: RewriteVisitor,
  options: RewriteOptions = {},
  path: string[] = [],
): unknown {
  try {
    return new Rewriter(visitor, options, path).value(value)
  } catch (error) {
    if (error instanceof RangeError && error.message.includes('call stack')) throw tooDeep()
    throw error
  }
}

function tooDeep(): LimitError {
  return new LimitError('The state is nested too deep; nothing was stored.')
}

class Rewriter {
  readonly #visitor: RewriteVisitor
  readonly #options: RewriteOptions
  readonly #maxDepth: number
  readonly #at: Cursor
  readonly #ancestors: object[] = []
  readonly #clean: CleanMessages | undefined

  constructor(visitor: RewriteVisitor, options: RewriteOptions, path: string[]) {
    this.#visitor = visitor
    this.#options = options
    this.#maxDepth = options.maxDepth ?? DEFAULT_MAX_DEPTH
    this.#clean = options.copyAll ? undefined : visitor.clean
    this.#at = { path: [...path], key: path.at(-1), parent: undefined, messageId: '' }
  }

  /** Few and small frames for each level: this depth is what a hostile state is tried with. */
  value(value: unknown): unknown {
    if (this.#visitor.enter !== undefined) {
      const entered = this.#visitor.enter(value, this.#at)
      if (entered !== DESCEND) return entered
    }
    if (typeof value === 'string') return this.#visitor.text(value, this.#at)
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value
    if (typeof value === 'function' && typeof (value as unknown as Fields).toJSON !== 'function') return value
    const ancestors = this.#ancestors
    for (let i = ancestors.length - 1; i >= 0; i--) if (ancestors[i] === value) return CIRCULAR
    if (ancestors.length >= this.#maxDepth) throw tooDeep()
    const at = this.#at
    const { parent, messageId } = at
    ancestors.push(value)
    const next = this.#isPlain(value) ? this.#fields(value as Fields) : this.#object(value)
    ancestors.pop()
    at.parent = parent
    at.messageId = messageId
    return next
  }

  #isPlain(value: object): boolean {
    return isPlainObject(value) && typeof value.toJSON !== 'function' && !this.#options.isProxy?.(value)
  }

  #object(value: object): unknown {
    if (this.#options.isProxy?.(value)) return this.#materialized(readOnce(value))
    if (ArrayBuffer.isView(value) && !Object.hasOwn(value, 'toJSON')) return this.#view(value)
    const { toJSON } = value as { toJSON?: unknown }
    if (this.#options.revived) {
      if (isObject((value as Fields).lc_kwargs)) return this.#serializable(value as Fields)
    } else if (typeof toJSON === 'function') {
      if (isPlainDate(value)) return this.#options.copyAll ? new Date(value) : value
      if (
        this.#options.isKnownToJson?.(toJSON) &&
        (this.#options.keepsMessages ? isSerializable(value) : isPlainInstance(value))
      )
        return this.#serializable(value as Fields)
      const entered = this.#visitor.enterForeign?.(value, this.#at) ?? DESCEND
      if (entered !== DESCEND) return entered
      const key = String(this.#at.path.at(-1) ?? '')
      return this.#materialized((toJSON as (key: string) => unknown).call(value, key))
    }
    if (Array.isArray(value)) return this.#array(value)
    if (value instanceof Map) return this.#map(value)
    if (value instanceof Set) return this.#set(value)
    if (value instanceof RegExp) return this.#visitor.whole(value.source, this.#at, value)
    if (value instanceof Error) return this.#error(value)
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return this.value(value.valueOf())
    }
    return this.#fields(value as Fields)
  }

  /** A value that was read once is ours: it replaces the original whether or not anything in it is found. */
  #materialized(value: unknown): unknown {
    return this.value(value)
  }

  #array(value: readonly unknown[]): unknown {
    if (hasAccessor(value)) return this.#materialized(readOnce(value))
    if (isByteList(value)) {
      const kept = this.#visitor.whole(Uint8Array.from(value), this.#at, value)
      if (kept !== value) return kept
    }
    let out: unknown[] | undefined = this.#options.copyAll ? [] : undefined
    const at = this.#at
    const { path, key } = at
    for (let i = 0; i < value.length; i++) {
      const item = value[i]
      let next = this.#seen(item)
      if (next === undefined) {
        if (i > 0 && typeof item === 'string') at.key = nameOfItem(item, i, value.length, value[i - 1], key)
        path.push(i)
        next = this.value(item)
        path.pop()
        at.key = key
      }
      if (out === undefined && next !== item) out = value.slice(0, i)
      if (out !== undefined) out[i] = next
    }
    return out ?? value
  }

  /** A message that was walked before, or what took its place; undefined for "look inside". */
  #seen(item: unknown): unknown {
    if (typeof item !== 'object' || item === null || this.#clean === undefined) return undefined
    return this.#clean.has(item) ? item : this.#clean.replacement?.(item)
  }

  #view(value: ArrayBufferView): unknown {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    const kept = this.#visitor.whole(bytes, this.#at, value)
    if (kept !== value) return kept
    return this.#options.copyAll ? cloneView(value) : value
  }

  #map(value: Map<unknown, unknown>): unknown {
    const out = new Map<unknown, unknown>()
    let changed = this.#options.copyAll === true
    const { key } = this.#at
    for (const [k, v] of value) {
      const nextKey = typeof k === 'string' ? this.#mapKey(k) : this.value(k)
      const nextValue = this.#child(typeof k === 'string' ? k : key, nextKey, v)
      if (nextKey !== k || nextValue !== v) changed = true
      out.set(nextKey, nextValue)
    }
    return changed ? out : value
  }

  #mapKey(key: string): unknown {
    const visitor = this.#visitor
    return visitor.mapKey === undefined ? visitor.key(key, this.#at) : visitor.mapKey(key, this.#at)
  }

  #set(value: Set<unknown>): unknown {
    const out = new Set<unknown>()
    let changed = this.#options.copyAll === true
    for (const item of value) {
      const next = this.value(item)
      if (next !== item) changed = true
      out.add(next)
    }
    return changed ? out : value
  }

  #error(value: Error): unknown {
    const given: unknown = value.message
    const message = typeof given === 'string' ? this.#visitor.text(given, this.#at) : this.value(given)
    const own = this.#fields(value as unknown as Fields) as Error
    if (message === given && own === value && !computesMessage(value)) return value
    const clone = own === value ? (cloneInstance(value) as Error) : own
    setOwn(clone, 'message', message, false)
    setOwn(clone, 'stack', `${value.name}: ${String(message)}`, false)
    return clone
  }

  /** LangChain's `toJSON` persists `lc_kwargs`, with each field's current value where the instance has one. */
  #serializable(value: Fields): unknown {
    const kwargs = value.lc_kwargs as Fields
    // An id that is not among the kwargs is not persisted, so it could not be told when the object is read.
    this.#at.messageId = idOf('id' in kwargs && 'id' in value ? value : kwargs)
    let changes: Fields | undefined
    const found = this.#clean?.found
    this.#at.parent = value
    for (const key of this.#options.keepsMessages ? messageFields(value) : Object.keys(kwargs)) {
      const current = key in value ? value[key] : kwargs[key]
      const next = this.#child(key, key, current)
      if (next !== current || this.#options.copyAll) {
        changes ??= {}
        setOwn(changes, key, next)
      }
    }
    if (changes === undefined) {
      if (this.#clean !== undefined && this.#clean.found === found) this.#clean.add(value)
      return value
    }
    const clone = cloneInstance(value) as Fields
    for (const key of Object.keys(changes)) if (key in value) setOwn(clone, key, changes[key])
    const persisted = Object.entries(changes).filter(([key]) => key in kwargs)
    setOwn(clone, 'lc_kwargs', { ...kwargs, ...Object.fromEntries(persisted) })
    this.#clean?.replace?.(value, clone, found!)
    return clone
  }

  #fields(value: Fields): unknown {
    if (hasAccessor(value)) return this.#materialized(readOnce(value))
    const bytes = bytesOfFields(value)
    if (bytes !== undefined) {
      const kept = this.#visitor.whole(bytes, this.#at, value)
      if (kept !== value) return kept
    }
    if (value.lc === 1 && isPlainObject(value.kwargs)) this.#at.messageId = idOf(value.kwargs)
    const keys = Object.keys(value)
    let out: Fields | undefined = this.#options.copyAll ? emptyLike(value) : undefined
    const at = this.#at
    const outer = at.key
    at.parent = value
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!
      const item = value[key]
      const nextKey = this.#visitor.key(key, at)
      at.path.push(nextKey)
      at.key = typeof item === 'string' && mayBorrowName(key) ? nameOfField(key, outer, (name) => value[name]) : key
      const next = this.value(item)
      at.path.pop()
      at.key = outer
      if (out === undefined && (next !== item || nextKey !== key)) {
        out = emptyLike(value)
        for (let j = 0; j < i; j++) setOwn(out, keys[j]!, value[keys[j]!])
      }
      if (out !== undefined) setOwn(out, nextKey, next)
    }
    return out ?? value
  }

  /** @param shown the key as it may appear in a path: replaced when it is itself a secret. */
  #child(key: string | undefined, shown: unknown, value: unknown): unknown {
    const at = this.#at
    const outer = at.key
    at.path.push(typeof shown === 'string' ? shown : String(at.path.length))
    at.key = key
    const next = this.value(value)
    at.path.pop()
    at.key = outer
    return next
  }
}

/** A copy with every property read exactly once. */
function readOnce(value: object): unknown {
  if (Array.isArray(value)) return Array.from(value)
  const out: Fields = {}
  for (const key of Object.keys(value)) setOwn(out, key, (value as Fields)[key])
  return out
}

function emptyLike(value: object): Fields {
  return isPlainObject(value) ? {} : (Object.create(Object.getPrototypeOf(value)) as Fields)
}

function idOf({ id }: Fields): string {
  return typeof id === 'string' ? id : ''
}

/** A Date whose JSON nobody has overridden. */
function isPlainDate(value: object): value is Date {
  return Object.getPrototypeOf(value) === Date.prototype && Object.getOwnPropertyNames(value).length === 0
}

/** True when reading the message runs code, so that it may read differently the next time. */
function computesMessage(value: Error): boolean {
  for (let at: object | null = value; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const property = Object.getOwnPropertyDescriptor(at, 'message')
    if (property !== undefined) return property.get !== undefined
  }
  return false
}

/** A Buffer stays one: it persists in another shape than a Uint8Array. Copies what is in view, not all of its memory. */
function cloneView(value: ArrayBufferView): unknown {
  return value instanceof DataView ? structuredClone(value) : Uint8Array.prototype.slice.call(value)
}

const isSerializable = (value: object): boolean => isObject((value as Fields).lc_kwargs)

/** All that a message holds, persisted or not; `lc_` marks LangChain's own. */
function messageFields(message: Fields): readonly string[] {
  const own = Object.keys(message).filter((key) => !key.startsWith('lc_'))
  return [...new Set([...Object.keys(message.lc_kwargs as Fields), ...own])]
}

/** False when a subclass computes fields (`lc_attributes`, a getter over a field): then only `toJSON` knows the shape. */
function isPlainInstance(value: object): value is Fields {
  const instance = value as Fields
  const kwargs = instance.lc_kwargs
  if (!isObject(kwargs)) return false
  if (instance.lc_serializable !== true || instance.lc_attributes !== undefined) return false
  if (isAccessor(instance, 'lc_kwargs')) return false
  for (const key of Object.keys(kwargs)) {
    if (Object.hasOwn(instance, key) ? isAccessor(instance, key) : key in instance || isAccessor(kwargs, key))
      return false
  }
  return true
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
