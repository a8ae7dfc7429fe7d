import { type JsonNode, type JsonObject, memberOf } from '../../detect/json/node.js'
import { recordOf } from '../../detect/json/record.js'
import { type JsonEdit, rewriteJson } from '../../detect/json/rewrite-json.js'
import type { KnownValues } from '../../detect/known-values.js'
import type { RewriteVisitor } from '../../detect/rewrite.js'
import { InputError } from '../../errors.js'
import type { Payload } from '../payload.js'
import type { ValueForm } from './scrubber.js'

/** In the order in which `JsonPlusSerializer` writes them; PostgreSQL's jsonb keeps an order of its own. */
const RECORD_FIELDS = ['lc', 'type', 'id', 'method', 'args', 'kwargs']

/**
 * Values as they lie in a checkpoint store: parsed JSON, nothing revived, or the bytes of a whole write. A walk leaves them
 * as they are, and says what to replace.
 */
export class StoredForm implements ValueForm {
  /** Of the last walk. */
  edits: readonly JsonEdit[] = []

  rewrite(value: unknown, visitor: RewriteVisitor, _copyAll: boolean, path: string[]): unknown {
    if (value instanceof Uint8Array) {
      const at = { path, key: path.at(-1), parent: undefined, messageId: '' }
      const entered = visitor.enter?.(value, at)
      return typeof entered === 'string' ? entered : visitor.whole(value, at, value)
    }
    this.edits = rewriteJson(value as JsonNode, visitor, path)
    return value
  }

  payloadOf(value: object): Payload {
    if (value instanceof Uint8Array) return { kind: 'bytes', bytes: Uint8Array.from(value) }
    const node = value as JsonNode
    const record = node.kind === 'object' ? recordOf(node) : undefined
    if (record?.kind === 'bytes') return { kind: 'bytes', bytes: record.bytes }
    return { kind: 'json', json: compact(node) }
  }

  stringify(value: unknown): string {
    if (typeof value === 'string') return JSON.stringify(value)
    // What the live form says of bytes that are marked as a whole.
    if (value instanceof Uint8Array) return bytesRecord(value)
    if (typeof value !== 'object' || value === null)
      throw new InputError(`A stored value is not of type ${typeof value}.`)
    return compact(value as JsonNode)
  }

  exposed(): undefined {
    return undefined
  }

  addStrings(value: unknown, known: KnownValues): void {
    const add = (text: string) => {
      known.add(text)
      return text
    }
    if (typeof value === 'string') add(value)
    else if (!(value instanceof Uint8Array))
      rewriteJson(value as JsonNode, { text: add, key: (key) => key, whole: (_content, _at, kept) => kept })
  }
}

export function bytesRecord(bytes: Uint8Array): string {
  return `{"lc":2,"type":"constructor","id":["Uint8Array"],"method":"from","args":[[${bytes.join(',')}]],"kwargs":{}}`
}

/** The same JSON without white space; numbers stay as they are written. */
export function compact(node: JsonNode): string {
  switch (node.kind) {
    case 'text':
      return JSON.stringify(node.value)
    case 'atom':
      return node.raw
    case 'numbers':
      return node.raw.replaceAll(/[ \t\n\r]/g, '')
    case 'list':
      return `[${node.items.map(compact).join(',')}]`
    case 'object':
      return `{${inOrder(node)
        .map(({ key, value }) => `${JSON.stringify(key.value)}:${compact(value)}`)
        .join(',')}}`
  }
}

function inOrder(node: JsonObject): JsonObject['members'] {
  const lc = memberOf(node, 'lc')
  if (lc?.kind !== 'atom' || !(Number(lc.raw) === 1 || Number(lc.raw) === 2)) return node.members
  const rank = (name: string) => (RECORD_FIELDS.indexOf(name) + RECORD_FIELDS.length + 1) % (RECORD_FIELDS.length + 1)
  return [...node.members].sort((a, b) => rank(a.key.value) - rank(b.key.value))
}
