import {
  bytesOf,
  type JsonList,
  type JsonNode,
  type JsonObject,
  type JsonText,
  memberOf,
  numbersOf,
  textOf,
} from './node.js'

/** What an object in stored state stands for, as `JsonPlusSerializer` wrote it. Whatever is not exactly so is an object. */
export type StoredRecord =
  | { readonly kind: 'message'; readonly kwargs: JsonObject }
  /** Without entries that are two numbers. */
  | { readonly kind: 'map'; readonly entries: readonly JsonList[] }
  | { readonly kind: 'set'; readonly items: JsonNode }
  | { readonly kind: 'error'; readonly message: JsonText }
  | { readonly kind: 'pattern'; readonly source: JsonText }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'undefined' }
  | { readonly kind: 'object' }

const OBJECT = { kind: 'object' } as const

export function recordOf(node: JsonObject): StoredRecord {
  const lc = memberOf(node, 'lc')
  if (lc?.kind !== 'atom') return OBJECT
  const type = textOf(memberOf(node, 'type'))
  const version = Number(lc.raw)
  if (version === 2)
    return type === 'undefined' ? { kind: 'undefined' } : type === 'constructor' ? builtIn(node) : OBJECT
  const kwargs = memberOf(node, 'kwargs')
  const isMessage = version === 1 && type === 'constructor' && isList(memberOf(node, 'id'))
  return isMessage && kwargs?.kind === 'object' ? { kind: 'message', kwargs } : OBJECT
}

/** The persisted id of a serialized object, which is what its secrets are bound to; empty without one. */
export function messageIdOf(node: JsonObject): string | undefined {
  const lc = memberOf(node, 'lc')
  const kwargs = memberOf(node, 'kwargs')
  if (lc?.kind !== 'atom' || Number(lc.raw) !== 1 || kwargs?.kind !== 'object') return undefined
  return textOf(memberOf(kwargs, 'id')) ?? ''
}

function builtIn(node: JsonObject): StoredRecord {
  const id = memberOf(node, 'id')
  const args = memberOf(node, 'args')
  const name = id?.kind === 'list' && id.items.length === 1 ? textOf(id.items[0]) : undefined
  if (args?.kind !== 'list' || !isPlainMethod(memberOf(node, 'method'), name)) return OBJECT
  const [first, second] = args.items
  if (args.items.length === 2 && name === 'RegExp') {
    const isPattern = first?.kind === 'text' && /^[dgimsuvy]*$/.test(textOf(second) ?? '-')
    return isPattern ? { kind: 'pattern', source: first } : OBJECT
  }
  if (args.items.length !== 1 || first === undefined) return OBJECT
  if (name === 'Error') return first.kind === 'text' ? { kind: 'error', message: first } : OBJECT
  if (name === 'Set') return isList(first) ? { kind: 'set', items: first } : OBJECT
  if (name === 'Uint8Array') {
    const bytes = bytesOf(first)
    return bytes === undefined ? OBJECT : { kind: 'bytes', bytes }
  }
  if (name !== 'Map' || first.kind !== 'list') return OBJECT
  return first.items.every(isPair)
    ? { kind: 'map', entries: first.items.filter((entry) => entry.kind === 'list') }
    : OBJECT
}

/** Bytes are made by `Uint8Array.from`; everything else by its constructor. */
function isPlainMethod(method: JsonNode | undefined, name: string | undefined): boolean {
  if (method === undefined || (method.kind === 'atom' && method.raw === 'null')) return true
  return name === 'Uint8Array' && textOf(method) === 'from'
}

function isPair(entry: JsonNode): boolean {
  return entry.kind === 'list' ? entry.items.length === 2 : entry.kind === 'numbers' && numbersOf(entry).length === 2
}

function isList(node: JsonNode | undefined): boolean {
  return node?.kind === 'list' || node?.kind === 'numbers'
}
