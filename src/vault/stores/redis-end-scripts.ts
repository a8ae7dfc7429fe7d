import { CLAIMS } from './redis-claims.js'
import { LINKED_EVENTS } from './redis-ledger-scripts.js'
import { RECORDS } from './redis-records.js'
import { REFUSED, script } from './redis-script.js'

/** A script that has begun by deleting may go on to write in a Redis that is full: sweeping must be able to free memory. */
const FREES_MEMORY = `redis.call('DEL', root .. 'probe')`

/** Takes rows whose time has come and sets them aside for a while, so that several sweepers have rows of their own. */
const SWEEP_TAKE = `
local limit, asideMs, ids = tonumber(take()), tonumber(take()), takeMany()
${FREES_MEMORY}
if #ids == 0 then
  ids = redis.call('ZRANGE', root .. 'due', '-inf', ms(now), 'BYSCORE', 'LIMIT', 0, limit + 1)
  for index = 1, math.min(#ids, limit) do redis.call('ZADD', root .. 'due', 'XX', ms(now + asideMs), ids[index]) end
end
local rows = {}
for _, id in ipairs(ids) do
  local row = rowAt(key('claim', id))
  if row then
    local tenant, thread = unpack(redis.call('HMGET', key('claim', id), 'tenant', 'thread_id'))
    rows[#rows + 1] = { row, redis.call('HMGET', key('thread', pair(tenant, thread)), 'used_at', 'held') }
  end
end
return { now, rows }
`

/** Refused as a whole when a row, or the last use of its thread, is not what the plan was made from. */
const SWEEP_APPLY = `
local steps = {}
for index = 1, tonumber(take()) do
  local step = { id = take(), seen = takeMany(), action = take(), sweep = take() }
  local row = redis.call('HMGET', key('claim', step.id), 'mac', 'sweep_at', 'kept', 'tenant', 'thread_id')
  if not row[1] then return ${REFUSED} end
  step.tenant, step.thread = row[4], row[5]
  local use = redis.call('HMGET', key('thread', pair(row[4], row[5])), 'used_at', 'held')
  local current = { row[1], row[2], row[3], use[1], use[2] }
  for field = 1, 5 do
    if (current[field] or '') ~= step.seen[field] then return ${REFUSED} end
  end
  steps[index] = step
end
${FREES_MEMORY}
for _, step in ipairs(steps) do
  if step.action == 'remove' then
    erase(step.id)
  else
    if step.action == 'clear' then
      dropSecret(step.id, step.tenant, step.thread)
      redis.call('DEL', key('places', step.id))
      redis.call('HDEL', key('claim', step.id), 'kept')
    end
    if step.sweep == '' then
      redis.call('HDEL', key('claim', step.id), 'sweep_at')
      redis.call('ZREM', root .. 'due', step.id)
    else
      redis.call('HSET', key('claim', step.id), 'sweep_at', step.sweep)
      redis.call('ZADD', root .. 'due', step.sweep, step.id)
    end
  end
end
append()
return #steps
`

/** Refused when the thread holds other claims than those that the event names. */
const DELETE_THREAD = `
local tenant, thread, ids = take(), take(), takeMany()
local place = pair(tenant, thread)
if redis.call('ZCARD', key('in-thread', place)) ~= #ids then return ${REFUSED} end
for _, id in ipairs(ids) do
  if not redis.call('ZSCORE', key('in-thread', place), id) then return ${REFUSED} end
end
redis.call('DEL', key('thread', place))
for _, id in ipairs(ids) do erase(id) end
for _, tag in ipairs(redis.call('SMEMBERS', key('revoked-in', place))) do redis.call('HDEL', key('revoked', tenant), tag) end
redis.call('DEL', key('revoked-in', place))
redis.call('ZREM', key('threads', tenant), thread)
for _, at in ipairs(redis.call('ZRANGE', key('records-in', place), 0, -1)) do dropRecord(at) end
append()
return #ids
`

/** What expired long enough ago, oldest first. */
const SWEEP_RECORDS = `
local through, room = now - tonumber(take()), tonumber(take())
local due = redis.call('ZRANGE', root .. 'records-due', '-inf', ms(through), 'BYSCORE', 'LIMIT', 0, room + 1)
local removed = math.min(#due, room)
for index = 1, removed do dropRecord(due[index]) end
return { removed, #due > room and 1 or 0 }
`

export const END_SCRIPTS = {
  sweepTake: script(SWEEP_TAKE),
  sweepApply: script(LINKED_EVENTS, CLAIMS, SWEEP_APPLY),
  sweepRecords: script(RECORDS, SWEEP_RECORDS),
  deleteThread: script(LINKED_EVENTS, CLAIMS, RECORDS, DELETE_THREAD),
}
