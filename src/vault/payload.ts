import { EnvelopeError } from '../errors.js'
import { concat, utf8 } from '../seal/bytes.js'

/**
 * What a claim stands for. `text` may be embedded in other text; the others take the place of a whole value:
 * `json` is what a checkpoint serializer would write, `secret` the same for a value inside a `Secret`.
 */
export type Payload =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'json' | 'secret'; readonly json: string }

/** The type of the record that stands for a `Secret` inside a `json` or `secret` payload: `{lc: 2, type, value}`. */
export const NESTED_SECRET = 'langgraph-secret-safe.secret'

const KINDS = { text: 0, bytes: 1, json: 2, secret: 3, utf16: 4 } as const

/** One byte for the kind, then the content. Deterministic: ids are computed from it. */
export function encodePayload(payload: Payload): Uint8Array {
  switch (payload.kind) {
    case 'text': {
      // UTF-8 cannot carry a lone surrogate; what is restored must equal what was put.
      if (!payload.text.isWellFormed()) return tagged(KINDS.utf16, Buffer.from(payload.text, 'utf16le'))
      return tagged(KINDS.text, utf8(payload.text))
    }
    case 'bytes':
      return tagged(KINDS.bytes, payload.bytes)
    case 'json':
    case 'secret':
      return tagged(KINDS[payload.kind], utf8(payload.json))
  }
}

/** @throws EnvelopeError for a kind of a later version. */
export function decodePayload(bytes: Uint8Array): Payload {
  const content = bytes.subarray(1)
  // Without ignoreBOM, a leading U+FEFF would be lost.
  const text = () => new TextDecoder('utf-8', { ignoreBOM: true }).decode(content)
  switch (bytes[0]) {
    case KINDS.text:
      return { kind: 'text', text: text() }
    case KINDS.utf16:
      return { kind: 'text', text: Buffer.from(content).toString('utf16le') }
    case KINDS.bytes:
      return { kind: 'bytes', bytes: Uint8Array.from(content) }
    case KINDS.json:
      return { kind: 'json', json: text() }
    case KINDS.secret:
      return { kind: 'secret', json: text() }
    default:
      throw new EnvelopeError()
  }
}

function tagged(kind: number, content: Uint8Array): Uint8Array {
  return concat([Uint8Array.of(kind), content])
}
