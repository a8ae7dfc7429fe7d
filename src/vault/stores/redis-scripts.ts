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

/**
 * How long past its fixed end a claim's ciphertext stays when nobody sweeps; the sweeper clears it a minute after the
 * end. Longer than any writer trusts a confirmed claim (60 s, invariant 14), by far.
 */
const NATIVE_GRACE_MS = 60 * 60_000

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
local function ms(number) return string.format('%.0f', number) end
`

/** Records are taken and checked before the first write: a bit for each link of a writer says that it was used. */
const RECORDS = `
local records, used = {}, {}
for index = 1, tonumber(take()) do
  local record = { writer = take(), link = take(), fields = takeMany() }
  local link = pair(record.writer, record.link)
  if used[link] or redis.call('GETBIT', key('links', record.writer), record.link) == 1 then return ${LINK_REPEATED} end
  used[link] = true
  records[index] = record
end
local function append()
  for _, record in ipairs(records) do
    local seq = ms(redis.call('INCR', root .. 'seq'))
    redis.call('SETBIT', key('links', record.writer), record.link, 1)
    redis.call('XADD', root .. 'ledger', seq .. '-0', unpack(record.fields))
    for index = 1, #record.fields, 2 do
      if record.fields[index] == 'claims' then
        for _, id in ipairs(cjson.decode(record.fields[index + 1])) do redis.call('ZADD', key('ledger-of', id), seq, seq) end
      end
    end
  end
end
`

const CLAIMS = `
local function claimAt(id)
  local row = rowAt(key('claim', id))
  return row and { row, redis.call('HMGET', key('secret', id), 'sealed', 'sealed_metadata', 'fingerprint') }
end
local function dropSecret(id, tenant, thread)
  local fingerprint = redis.call('HGET', key('secret', id), 'fingerprint')
  redis.call('DEL', key('secret', id))
  redis.call('ZREM', key('sealed', tenant), id)
  redis.call('ZREM', key('sealed', pair(tenant, thread)), id)
  if fingerprint then redis.call('SREM', key('fingerprint', pair(tenant, fingerprint)), id) end
end
-- A fingerprint's index outlives the last of its claims by nothing.
local function indexFingerprint(name, id, dropAt)
  redis.call('SADD', name, id)
  if not dropAt then redis.call('PERSIST', name)
  elseif redis.call('SCARD', name) == 1 then redis.call('PEXPIREAT', name, dropAt)
  else redis.call('PEXPIREAT', name, dropAt, 'GT') end
end
local function keepSecret(row)
  if #row.secret == 0 then return end
  local dropAt = row.ends ~= '' and ms(math.max(tonumber(row.ends), now) + ${NATIVE_GRACE_MS}) or nil
  redis.call('HSET', key('secret', row.id), unpack(row.secret))
  if dropAt then redis.call('PEXPIREAT', key('secret', row.id), dropAt) end
  for index = 1, #row.secret, 2 do
    local name, value = row.secret[index], row.secret[index + 1]
    if name == 'sealed' then
      redis.call('ZADD', key('sealed', row.tenant), dropAt or '+inf', row.id)
      redis.call('ZADD', key('sealed', pair(row.tenant, row.thread)), dropAt or '+inf', row.id)
    elseif name == 'fingerprint' then
      indexFingerprint(key('fingerprint', pair(row.tenant, value)), row.id, dropAt)
    end
  end
end
local function leaveThread(id, tenant, thread)
  redis.call('ZREM', key('in-tenant', tenant), id)
  redis.call('ZREM', key('in-thread', pair(tenant, thread)), id)
  if redis.call('EXISTS', key('in-thread', pair(tenant, thread)), key('thread', pair(tenant, thread))) == 0 then
    redis.call('ZREM', key('threads', tenant), thread)
  end
end
local function erase(id)
  local tenant, thread = unpack(redis.call('HMGET', key('claim', id), 'tenant', 'thread_id'))
  if not tenant then return end
  dropSecret(id, tenant, thread)
  redis.call('DEL', key('claim', id), key('places', id))
  for _, run in ipairs(redis.call('SMEMBERS', key('runs-of', id))) do redis.call('ZREM', key('run', run), id) end
  redis.call('DEL', key('runs-of', id))
  redis.call('ZREM', root .. 'due', id)
  leaveThread(id, tenant, thread)
end
`

const COMMIT = `
local deadline = take()
if deadline ~= '' and now >= tonumber(deadline) then return ${REFUSED} end
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
append()
return now
`

const LOAD = `
local tenant, thread, ids, places, revocations = take(), take(), takeMany(), takeMany(), takeMany()
local claims = {}
for _, id in ipairs(ids) do
  local claim = claimAt(id)
  if claim then
    local known = {}
    -- Whichever list is shorter is gone through.
    if #places > 0 and redis.call('SCARD', key('places', id)) <= #places then
      known = redis.call('SMEMBERS', key('places', id))
    else
      for _, place in ipairs(places) do
        if redis.call('SISMEMBER', key('places', id), place) == 1 then known[#known + 1] = place end
      end
    end
    claim[3] = known
    claims[#claims + 1] = claim
  end
end
local standing = {}
for _, tag in ipairs(revocations) do
  if redis.call('HEXISTS', key('revoked', tenant), tag) == 1 then standing[#standing + 1] = tag end
end
return { now, rowAt(key('thread', pair(tenant, thread))) or {}, claims, standing }
`

const FIND = `
local tenant, thread, run, byFingerprint, fingerprints = take(), takeMany()[1], takeMany()[1], take(), takeMany()
local from, limit = take(), tonumber(take())
local found = {}
local function collect(id)
  local at = redis.call('HMGET', key('claim', id), 'tenant', 'thread_id')
  if at[1] ~= tenant or (thread and at[2] ~= thread) then return end
  if run and redis.call('SISMEMBER', key('runs-of', id), run) == 0 then return end
  found[#found + 1] = claimAt(id)
end
if byFingerprint == '1' then
  local seen = {}
  for _, fingerprint in ipairs(fingerprints) do
    for _, id in ipairs(redis.call('SMEMBERS', key('fingerprint', pair(tenant, fingerprint)))) do
      local kept = not seen[id] and redis.call('HGET', key('secret', id), 'fingerprint') == fingerprint
      seen[id] = true
      if kept and id > from then collect(id) end
    end
  end
  return found
end
local source = run and key('run', run) or (thread and key('in-thread', pair(tenant, thread)) or key('in-tenant', tenant))
while #found < limit do
  local ids = redis.call('ZRANGE', source, from == '' and '-' or '(' .. from, '+', 'BYLEX', 'LIMIT', 0, limit - #found)
  if #ids == 0 then break end
  for _, id in ipairs(ids) do collect(id) end
  from = ids[#ids]
end
return found
`

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
append()
return #ids
`

const USED_BY_OTHERS = `
local run, used = take(), {}
for _, id in ipairs(takeMany()) do
  local name = key('runs-of', id)
  if redis.call('SCARD', name) > redis.call('SISMEMBER', name, run) then used[#used + 1] = id end
end
return used
`

/** An index of names in byte order: from, how many. */
const NAMES = `
local name, after, limit = take(), takeMany()[1], take()
return redis.call('ZRANGE', root .. name, after and '(' .. after or '-', '+', 'BYLEX', 'LIMIT', 0, limit)
`

const COUNT = `return redis.call('ZCOUNT', key('sealed', take()), '(' .. ms(now), '+inf')`

export const CLAIM_SCRIPTS = {
  load: script(CLAIMS, LOAD),
  commit: script(RECORDS, CLAIMS, COMMIT),
  find: script(CLAIMS, FIND),
  usedByOthers: script(USED_BY_OTHERS),
  names: script(NAMES),
  count: script(COUNT),
  deleteThread: script(RECORDS, CLAIMS, DELETE_THREAD),
  sweepTake: script(SWEEP_TAKE),
  sweepApply: script(RECORDS, CLAIMS, SWEEP_APPLY),
}

export function script(...parts: readonly string[]): RedisScript {
  return scriptOf([PRELUDE, ...parts].join('\n'))
}

/** Without the prelude. */
export function scriptOf(lua: string): RedisScript {
  return { lua, sha1: createHash('sha1').update(lua).digest('hex') }
}
