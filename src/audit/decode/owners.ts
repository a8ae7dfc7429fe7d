const OWNER_FIELD =
  /^(?:langgraph_auth_user_id|(?:end_)?user_?(?:id|name|email)?|owner(?:_?id)?|created_by|account_?id|customer_?id|email|sub)$/i
const MAX_OWNER = 128
const MAX_OWNERS = 8
/** Where servers keep what they copy into the metadata. */
const NESTED = ['configurable', 'metadata', 'user', 'langgraph_auth_user']

/** People whom a checkpoint's metadata names as its user or owner. */
export function ownersIn(metadata: unknown, depth = 0): readonly string[] {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return []
  const owners = new Set<string>()
  for (const [key, value] of Object.entries(metadata)) {
    const isOwner = OWNER_FIELD.test(key)
    if (isOwner && (typeof value === 'string' || typeof value === 'number')) {
      const text = String(value)
      if (text !== '' && text.length <= MAX_OWNER) owners.add(text)
    } else if (depth < 2 && (isOwner || NESTED.includes(key))) {
      for (const owner of ownersIn(value, depth + 1)) owners.add(owner)
    }
  }
  return [...owners].slice(0, MAX_OWNERS)
}
