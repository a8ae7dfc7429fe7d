export type Fields = Record<string, unknown>

const lookupGetter = (Object.prototype as unknown as { __lookupGetter__(key: string | number): unknown })
  .__lookupGetter__
/** A secret shorter than this is not worth the guess that a list of small numbers is text. */
const MIN_BYTE_LIST = 8

export function isPlainObject(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** True when reading some own field runs code. About 10 ns a field, against 25 ns for a descriptor (Node 20). */
export function hasAccessor(value: Fields | readonly unknown[]): boolean {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (isAccessor(value, i)) return true
    return false
  }
  for (const key of Object.keys(value)) if (isAccessor(value, key)) return true
  return false
}

/** True when reading this own field runs code. */
export function isAccessor(value: object, key: string | number): boolean {
  return lookupGetter.call(value, key) !== undefined && Object.getOwnPropertyDescriptor(value, key)?.get !== undefined
}

/** True for an array of numbers that could be the bytes of a text. Embeddings fail at their first element. */
export function isByteList(value: readonly unknown[]): value is readonly number[] {
  if (value.length < MIN_BYTE_LIST) return false
  for (let i = 0; i < value.length; i++) {
    const item = value[i]
    if (typeof item !== 'number' || item < 0 || item > 255 || !Number.isInteger(item)) return false
  }
  return true
}

/** The bytes of a typed array that went through `JSON.stringify`: `{"0":115,"1":107,…}`; undefined for any other object. */
export function bytesOfFields(value: Fields): Uint8Array | undefined {
  if (typeof value[0] !== 'number' || typeof value[MIN_BYTE_LIST - 1] !== 'number') return undefined
  const items = Object.values(value)
  // Engines put such keys in order, ahead of all others.
  return isByteList(items) && Object.keys(value).at(-1) === String(items.length - 1)
    ? Uint8Array.from(items)
    : undefined
}

/** Defines rather than assigns: `__proto__` stays an ordinary field and no setter runs. */
export function setOwn(target: object, key: string, value: unknown, enumerable = true): void {
  if (enumerable && key !== '__proto__' && isPlainObject(target)) (target as Fields)[key] = value
  else Object.defineProperty(target, key, { value, enumerable, writable: true, configurable: true })
}

/**
 * Same prototype, same own properties. A spread costs 0.5 us where descriptors cost 13 us, and leaves an object that
 * serializes a third faster (Node 20, an AIMessage); it misses accessors and what is not enumerable, such as an Error's stack.
 */
export function cloneInstance(value: object): object {
  const prototype = Object.getPrototypeOf(value) as object | null
  if (!hasAccessor(value as Fields)) {
    const clone: object = { __proto__: prototype, ...value }
    if (Reflect.ownKeys(clone).length === Reflect.ownKeys(value).length) return clone
  }
  return Object.create(prototype, Object.getOwnPropertyDescriptors(value)) as object
}
