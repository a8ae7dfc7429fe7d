import { bytesOfFields, setOwn } from '../shapes.js'

/** A string, decoded; `start` and `end` are byte offsets in the document, its quotes included. */
export interface JsonText {
  readonly kind: 'text'
  readonly start: number
  readonly end: number
  readonly value: string
}

/** A number, `true`, `false` or `null`, as it is written. */
export interface JsonAtom {
  readonly kind: 'atom'
  readonly start: number
  readonly end: number
  readonly raw: string
}

/** A list of numbers and nothing else: an embedding, or bytes. Its items get no nodes. */
export interface JsonNumbers {
  readonly kind: 'numbers'
  readonly start: number
  readonly end: number
  readonly raw: string
}

export interface JsonList {
  readonly kind: 'list'
  readonly start: number
  readonly end: number
  readonly items: readonly JsonNode[]
}

/** Members in the order of the text; a name may stand there twice, and then the last one is what a reader sees. */
export interface JsonObject {
  readonly kind: 'object'
  readonly start: number
  readonly end: number
  readonly members: readonly JsonMember[]
}

export interface JsonMember {
  readonly key: JsonText
  readonly value: JsonNode
}

export type JsonNode = JsonText | JsonAtom | JsonNumbers | JsonList | JsonObject

/** What a reader sees under a name. */
export function memberOf(node: JsonObject, name: string): JsonNode | undefined {
  for (let i = node.members.length - 1; i >= 0; i--) {
    if (node.members[i]!.key.value === name) return node.members[i]!.value
  }
  return undefined
}

export function textOf(node: JsonNode | undefined): string | undefined {
  return node?.kind === 'text' ? node.value : undefined
}

/** The numbers of a list that holds nothing else. */
export function numbersOf({ raw }: JsonNumbers): readonly number[] {
  const inner = raw.slice(1, -1).trim()
  return inner === '' ? [] : inner.split(',').map(Number)
}

/** Undefined unless every item is a byte. */
export function bytesOf(node: JsonNode | undefined): Uint8Array | undefined {
  if (node?.kind === 'list') return node.items.length === 0 ? new Uint8Array() : undefined
  if (node?.kind !== 'numbers') return undefined
  const numbers = numbersOf(node)
  const isBytes = numbers.every((item) => Number.isInteger(item) && item >= 0 && item <= 255)
  return isBytes ? Uint8Array.from(numbers) : undefined
}

/** As `bytesOfFields`, for what was parsed: undefined unless the names count up and every value is a byte. */
export function bytesOfMembers({ members }: JsonObject): Uint8Array | undefined {
  if (members[0]?.key.value !== '0' || members[0].value.kind !== 'atom') return undefined
  const fields: Record<string, unknown> = {}
  for (const { key, value } of members) setOwn(fields, key.value, value.kind === 'atom' ? Number(value.raw) : undefined)
  return bytesOfFields(fields)
}
