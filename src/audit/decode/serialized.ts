import type { Cell } from '../sources/row.js'
import { parseJson } from './parse-json.js'
import { parseMsgpack } from './parse-msgpack.js'
import type { ParsedState, Parts } from './state-parser.js'

/** What a serializer's type and bytes came to. */
export type Serialized =
  | { readonly ok: true; readonly value: unknown; readonly isWhole: boolean; readonly parts?: Parts | undefined }
  | { readonly ok: false; readonly code: string; readonly message: string }

/**
 * How JSON is read; with `StateParser` what was found clean before is left out. Undefined for what is no JSON; a TypeError for
 * bytes that are not UTF-8.
 */
export type ParseState = (content: Cell) => ParsedState | undefined

const EMPTY: Serialized = { ok: true, value: undefined, isWhole: true }
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** @param type as the row names it: `json`, `msgpack`, `bytes` and others. */
export function readSerialized(
  type: Cell | undefined,
  content: Cell | undefined,
  parse: ParseState = parseText,
): Serialized {
  if (content === null || content === undefined || type === 'null' || type === 'empty') {
    return isEmpty(content) ? EMPTY : readUntyped(content as Cell)
  }
  if (type === 'bytes' || type === 'bytearray') return { ok: true, value: bytesOf(content), isWhole: true }
  if (type === 'msgpack') {
    const decoded = parseMsgpack(bytesOf(content))
    return decoded === undefined ? undecodable('MessagePack') : { ok: true, value: decoded.value, isWhole: true }
  }
  if (type === 'json' || type === null || type === undefined) return readJson(content, parse)
  if (typeof type === 'string' && type.includes('+')) {
    return { ok: false, code: 'value-encrypted', message: "Values are encrypted by the saver's own serializer." }
  }
  return { ok: false, code: 'value-format-unknown', message: 'Values have a serialization that is not known.' }
}

/** JSON text, or bytes that hold it. */
export function readJson(content: Cell, parse: ParseState = parseText): Serialized {
  try {
    const parsed = parse(content)
    return parsed === undefined ? undecodable('JSON') : { ok: true, ...parsed }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return { ok: false, code: 'text-not-utf8', message: 'Text is not valid UTF-8.' }
  }
}

/** All of it. */
export function parseText(content: Cell): ParsedState | undefined {
  return parseJson(content instanceof Uint8Array ? utf8.decode(content) : String(content))
}

function readUntyped(content: Cell): Serialized {
  const json = readJson(content)
  return json.ok ? json : { ok: true, value: content, isWhole: true }
}

function isEmpty(content: Cell | undefined): boolean {
  return content === null || content === undefined || (content as { readonly length?: number }).length === 0
}

function undecodable(format: string): Serialized {
  return { ok: false, code: 'value-undecodable', message: `Values could not be read as ${format}.` }
}

function bytesOf(content: Cell): Uint8Array {
  return content instanceof Uint8Array ? content : Buffer.from(String(content))
}
