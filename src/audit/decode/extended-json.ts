const MAX_DEPTH = 2_000

/**
 * MongoDB's extended JSON, and what its BSON library makes of bytes and ids, as plain values: bytes as bytes, an id as its
 * text. Other values are returned as they are.
 */
export function plainDocument(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || depth > MAX_DEPTH) return value
  if (Array.isArray(value)) return replaced(value, (item) => plainDocument(item, depth + 1))
  const fields = value as Record<string, unknown>
  const scalar = scalarOf(fields)
  if (scalar !== undefined) return scalar.value
  for (const key of Object.keys(fields)) {
    const plain = plainDocument(fields[key], depth + 1)
    if (plain !== fields[key])
      Object.defineProperty(fields, key, { value: plain, enumerable: true, writable: true, configurable: true })
  }
  return fields
}

function replaced(items: unknown[], plain: (item: unknown) => unknown): unknown[] {
  for (let i = 0; i < items.length; i++) items[i] = plain(items[i])
  return items
}

function scalarOf(fields: Readonly<Record<string, unknown>>): { readonly value: unknown } | undefined {
  const type: unknown = fields._bsontype
  if (typeof type === 'string') {
    const { buffer } = fields
    if (type === 'Binary' && buffer instanceof Uint8Array) return { value: buffer }
    return { value: String(fields) }
  }
  const keys = Object.keys(fields)
  if (keys.length !== 1 && !(keys.length === 2 && '$type' in fields)) return undefined
  const { $binary, $oid, $numberLong, $numberInt, $numberDouble, $numberDecimal, $date, $uuid } = fields
  if (typeof $binary === 'string') return { value: Buffer.from($binary, 'base64') }
  if (typeof $binary === 'object' && $binary !== null && 'base64' in $binary && typeof $binary.base64 === 'string') {
    return { value: Buffer.from($binary.base64, 'base64') }
  }
  for (const text of [$oid, $numberLong, $numberInt, $numberDouble, $numberDecimal, $uuid]) {
    if (typeof text === 'string') return { value: text }
  }
  return typeof $date === 'string' ? { value: $date } : undefined
}
