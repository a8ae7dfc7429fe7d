import { CLAIMS } from './redis-claims.js'
import { LINKED_EVENTS } from './redis-ledger-scripts.js'
import { RECORDS } from './redis-records.js'
import { REFUSED, script } from './redis-script.js'

const COMMIT = `
local deadline = take()
if deadline ~= '' and now >= tonumber(deadline) then return ${REFUSED} end
if take() == '1' then
  if now < tonumber(take()) then return ${REFUSED} end
  local tenant, tags, held = take(), takeMany(), takeMany()
  for _, tag in ipairs(tags) do
    if redis.call('HEXISTS', key('revoked', tenant), tag) == 1 then return ${REFUSED} end
  end
  if #held > 0 then
    local stored = redis.call('HMGET', key('thread', pair(held[1], held[2])), 'used_at', 'held')
    if stored[1] and (stored[2] or '0') ~= held[3] then return ${REFUSED} end
  end
end
local rows, known = {}, {}
local function takeRow()
  local row = { id = take(), tenant = take(), thread = take(), ends = take(), sweep = take(), secret = takeMany(), mac = take(), fields = cjson.decode(take()) }
  rows[#rows + 1] = row
  return row
end
for _ = 1, tonumber(take()) do
  local row = takeRow()
  if redis.call('EXISTS', key('claim', row.id)) == 1 then return ${REFUSED} end
  known[row.id] = true
end
for _ = 1, tonumber(take()) do
  local row, expected = takeRow(), take()
  local mac, tenant, thread = unpack(redis.call('HMGET', key('claim', row.id), 'mac', 'tenant', 'thread_id'))
  if mac ~= expected then return ${REFUSED} end
  row.before = { tenant, thread }
end
local places, runs = takeMany(), takeMany()
for _, list in ipairs({ places, runs }) do
  for index = 1, #list, 2 do
    local id = list[index]
    if not known[id] then
      if redis.call('EXISTS', key('claim', id)) == 0 then return ${REFUSED} end
      known[id] = true
    end
  end
end
local changes = takeRecords()
for _, change in ipairs(changes) do
  if not isExpected(change) then return ${REFUSED} end
  if change.claim and not known[change.claim] and redis.call('EXISTS', key('claim', change.claim)) == 0 then return ${REFUSED} end
end

for _, row in ipairs(rows) do
  if row.before then
    local tenant, thread = unpack(row.before)
    dropSecret(row.id, tenant, thread)
    redis.call('DEL', key('claim', row.id))
    if tenant ~= row.tenant or thread ~= row.thread then leaveThread(row.id, tenant, thread) end
  end
  redis.call('HSET', key('claim', row.id), 'mac', row.mac, unpack(row.fields))
  redis.call('ZADD', key('in-tenant', row.tenant), 0, row.id)
  redis.call('ZADD', key('in-thread', pair(row.tenant, row.thread)), 0, row.id)
  redis.call('ZADD', key('threads', row.tenant), 0, row.thread)
  if row.sweep ~= '' then redis.call('ZADD', root .. 'due', row.sweep, row.id)
  else redis.call('ZREM', root .. 'due', row.id) end
  keepSecret(row)
end
for index = 1, #places, 2 do redis.call('SADD', key('places', places[index]), places[index + 1]) end
for index = 1, #runs, 2 do
  redis.call('SADD', key('runs-of', runs[index]), runs[index + 1])
  redis.call('ZADD', key('run', runs[index + 1]), 0, runs[index])
end
for _ = 1, tonumber(take()) do
  local tenant, thread, usedAt, held, fields = take(), take(), tonumber(take()), take(), takeMany()
  local name = key('thread', pair(tenant, thread))
  local stored = redis.call('HMGET', name, 'used_at', 'held')
  local before = tonumber(stored[1] or '-1')
  if before < usedAt or (before == usedAt and (stored[2] or '0') ~= held) then
    redis.call('HSET', name, unpack(fields))
    redis.call('ZADD', key('threads', tenant), 0, thread)
  end
end
local function reinstate(tenant, tag)
  local stored = redis.call('HGET', key('revoked', tenant), tag)
  if not stored then return end
  redis.call('HDEL', key('revoked', tenant), tag)
  if stored ~= 'value' then redis.call('SREM', key('revoked-in', pair(tenant, string.sub(stored, 8))), tag) end
end
for _ = 1, tonumber(take()) do
  local tenant, tag, thread = take(), take(), takeMany()[1]
  reinstate(tenant, tag)
  redis.call('HSET', key('revoked', tenant), tag, thread and 'thread:' .. thread or 'value')
  if thread then redis.call('SADD', key('revoked-in', pair(tenant, thread)), tag) end
end
for _ = 1, tonumber(take()) do reinstate(take(), take()) end
for _, change in ipairs(changes) do putRecord(change) end
append()
return now
`

export const COMMIT_SCRIPT = script(LINKED_EVENTS, CLAIMS, RECORDS, COMMIT)
