import { CLAIMS } from './redis-claims.js'
import { script } from './redis-script.js'

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
      if kept and isBefore(from, id) then collect(id) end
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
  find: script(CLAIMS, FIND),
  usedByOthers: script(USED_BY_OTHERS),
  names: script(NAMES),
  count: script(COUNT),
}
