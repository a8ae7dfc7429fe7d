/**
 * How long past its expiry Redis keeps an access record that nobody sweeps: longer than the tombstones of a vault's own
 * sweeper (90 days), since a use that is forgotten could be made again.
 */
const NATIVE_GRACE_MS = 100 * 24 * 60 * 60_000

/**
 * A record's place names it and every index that it is in, so that these can be cleaned without its row, which Redis may
 * have dropped. Kind and id come first: the places of a thread lie in their order. Indexes end with the last of their rows.
 */
export const RECORDS = `
local function rowOfRecord(tenant, kind, id) return key('record', pair(pair(tenant, kind), id)) end
local function placeOf(tenant, kind, id, thread, claim, holder)
  return table.concat({ kind, id, tenant, thread, claim and '+' .. claim or '', holder and '+' .. holder or '' }, '\\0')
end
local function readPlace(place)
  local field = '([^%z]*)'
  return string.match(place, '^' .. field .. string.rep('%z' .. field, 5) .. '$')
end
local function indexesOf(place)
  local kind, id, tenant, thread, claim, holder = readPlace(place)
  local scope = pair(tenant, kind)
  local indexes = { { key('records', scope), id }, { key('records-in', pair(tenant, thread)), place } }
  if claim ~= '' then indexes[#indexes + 1] = { key('records-of', pair(scope, string.sub(claim, 2))), id } end
  if holder ~= '' then indexes[#indexes + 1] = { key('records-for', pair(scope, string.sub(holder, 2))), id } end
  return indexes
end
local function placeAt(tenant, kind, id)
  local thread, claim, holder = unpack(redis.call('HMGET', rowOfRecord(tenant, kind, id), 'thread_id', 'claim_id', 'holder'))
  return thread and placeOf(tenant, kind, id, thread, claim, holder)
end
local function dropRecord(place)
  local kind, id, tenant = readPlace(place)
  local current = placeAt(tenant, kind, id)
  redis.call('ZREM', root .. 'records-due', place)
  for _, index in ipairs(indexesOf(place)) do
    -- Redis had dropped the row that was here, and its id was used again: only what names the old place goes.
    if not current or current == place or index[2] == place then redis.call('ZREM', index[1], index[2]) end
  end
  if current == place then redis.call('DEL', rowOfRecord(tenant, kind, id)) end
end
local function addTo(name, score, member, dropAt)
  redis.call('ZADD', name, score, member)
  if redis.call('ZCARD', name) == 1 then redis.call('PEXPIREAT', name, dropAt)
  else redis.call('PEXPIREAT', name, dropAt, 'GT') end
end
local function takeRecords()
  local changes = {}
  for index = 1, tonumber(take()) do
    changes[index] = { tenant = take(), kind = take(), id = take(), thread = take(), claim = takeMany()[1],
      holder = takeMany()[1], expires = take(), expected = takeMany()[1], fields = takeMany() }
  end
  return changes
end
local function isExpected(change)
  local mac = redis.call('HGET', rowOfRecord(change.tenant, change.kind, change.id), 'mac')
  return (mac or nil) == change.expected
end
local function putRecord(change)
  local before = placeAt(change.tenant, change.kind, change.id)
  if before then dropRecord(before) end
  local name = rowOfRecord(change.tenant, change.kind, change.id)
  local place = placeOf(change.tenant, change.kind, change.id, change.thread, change.claim, change.holder)
  local dropAt = ms(math.max(tonumber(change.expires), now) + ${NATIVE_GRACE_MS})
  redis.call('HSET', name, unpack(change.fields))
  redis.call('PEXPIREAT', name, dropAt)
  for _, index in ipairs(indexesOf(place)) do addTo(index[1], 0, index[2], dropAt) end
  addTo(root .. 'records-due', change.expires, place, dropAt)
end
`
