import { Decoder, ExtensionCodec } from '@msgpack/msgpack'

/** What LangGraph's Python serializer writes around an object: its class, and what it was made of. */
const PYTHON = {
  singleArgument: 0,
  arguments: 1,
  keywords: 2,
  method: 3,
  pydanticV1: 4,
  pydanticV2: 5,
  array: 6,
} as const
const MAX_DEPTH = 64

/**
 * MessagePack as LangGraph's Python savers write it. No class is looked up: of `module.Class(arguments)` the arguments
 * remain. Undefined when it is not MessagePack.
 */
export function parseMsgpack(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: decoderAt(0).decode(bytes) }
  } catch {
    return undefined
  }
}

function decoderAt(depth: number): Decoder {
  const extensionCodec = new ExtensionCodec()
  for (const type of Object.values(PYTHON)) {
    extensionCodec.register({
      type,
      encode: () => null,
      decode: (data) => (depth >= MAX_DEPTH ? data.slice() : argumentsOf(type, data, depth + 1)),
    })
  }
  return new Decoder({ extensionCodec, useBigInt64: true, mapKeyConverter: keyOf })
}

/** `[module, class, argument(s), …]`; bytes that are something else are kept as bytes. */
function argumentsOf(type: number, data: Uint8Array, depth: number): unknown {
  const decoder = decoderAt(depth)
  let parts: unknown
  try {
    parts = decoder.decode(data)
  } catch {
    return data.slice()
  }
  if (!Array.isArray(parts) || parts.length < 3) return parts
  if (type === PYTHON.array) return parts.at(-1)
  const [, className, given] = parts as unknown[]
  if (type !== PYTHON.pydanticV1 && type !== PYTHON.pydanticV2) return given
  return typeof given === 'object' && given !== null && !Array.isArray(given) && typeof className === 'string'
    ? { lc: 1, id: [className], kwargs: given }
    : given
}

function keyOf(key: unknown): string {
  if (typeof key === 'string') return key
  if (key instanceof Uint8Array) return Buffer.from(key).toString('latin1')
  return typeof key === 'object' && key !== null ? JSON.stringify(key) : String(key)
}
