/**
 * How long past its fixed end a claim's ciphertext stays when nobody sweeps; the sweeper clears it a minute after the
 * end. Longer than any writer trusts a confirmed claim (60 s, invariant 14), by far.
 */
const NATIVE_GRACE_MS = 60 * 60_000

export const CLAIMS = `
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
