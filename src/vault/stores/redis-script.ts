import { createHash } from 'node:crypto'

/** One transaction: Redis runs a script alone, and every script here checks everything before its first write. */
export interface RedisScript {
  readonly lua: string
  readonly sha1: string
}

/** What a script answers when the vault is not there, or of another version. */
export const SCHEMA_REFUSED = 'SECRETSAFESCHEMA'

/** Answered instead of a time or a count: something was not as expected, and nothing was stored. */
export const REFUSED = -1
/** A ledger record's link was used before; nothing was stored. */
export const LINK_REPEATED = -2

/** KEYS[1] is the prefix of every key, all in one slot; ARGV[1] the schema version, so that a lost vault is not refilled. */
const PRELUDE = `
local root = KEYS[1]
local version = redis.call('HGET', root .. 'schema', 'version')
if version ~= ARGV[1] then return redis.error_reply('${SCHEMA_REFUSED} ' .. (version or 'none')) end
local position = 1
local function take()
  position = position + 1
  return ARGV[position]
end
local function takeMany()
  local list = {}
  for index = 1, tonumber(take()) do list[index] = take() end
  return list
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function key(kind, id) return root .. kind .. ':' .. id end
-- NUL cannot occur in a name.
local function pair(left, right) return left .. '\\0' .. right end
local function rowAt(name)
  local row = redis.call('HGETALL', name)
  return #row > 0 and row or nil
end
-- Lua compares by the locale of the server, everything else here by bytes.
local function isBefore(left, right)
  for index = 1, math.min(#left, #right) do
    local a, b = string.byte(left, index), string.byte(right, index)
    if a ~= b then return a < b end
  end
  return #left < #right
end
local function ms(number) return string.format('%.0f', number) end
`

export function script(...parts: readonly string[]): RedisScript {
  return scriptOf([PRELUDE, ...parts].join('\n'))
}

/** Without the prelude. */
export function scriptOf(lua: string): RedisScript {
  return { lua, sha1: createHash('sha1').update(lua).digest('hex') }
}
