import { RECORDS } from './redis-records.js'
import { script } from './redis-script.js'

/**
 * Goes through the shortest lists that are given, in order of id: ids, or the indexes of claims or holders, or of the
 * thread; else that of all. What else is asked is compared with the row itself.
 */
const FIND_RECORDS = `
local tenant, kind = take(), take()
local function takeList() return take() == '1' and takeMany() or nil end
local ids, claims, holders, thread = takeList(), takeList(), takeList(), takeMany()[1]
local from, limit = take(), tonumber(take())
local function setOf(list)
  local set = {}
  for _, value in ipairs(list or {}) do set[value] = true end
  return list and set
end
local isClaim, isHolder, found = setOf(claims), setOf(holders), {}
local function collect(id)
  local name = rowOfRecord(tenant, kind, id)
  local at = redis.call('HMGET', name, 'thread_id', 'claim_id', 'holder')
  if not at[1] or (thread and at[1] ~= thread) then return end
  if (isClaim and not isClaim[at[2]]) or (isHolder and not isHolder[at[3]]) then return end
  found[#found + 1] = redis.call('HGETALL', name)
end
if ids then
  for _, id in ipairs(ids) do
    if #found == limit then break end
    collect(id)
  end
  return { now, found }
end
local scope, sources = pair(tenant, kind), {}
for _, claim in ipairs(claims or {}) do sources[#sources + 1] = key('records-of', pair(scope, claim)) end
for _, holder in ipairs(not claims and holders or {}) do sources[#sources + 1] = key('records-for', pair(scope, holder)) end
local isOfThread = thread and not claims and not holders
if isOfThread then sources = { key('records-in', pair(tenant, thread)) }
elseif not claims and not holders then sources = { key('records', scope) } end
-- Each gives as many as are wanted at most: the first of all are among them.
local function nextIds()
  local first, last = from == '' and '-' or '(' .. from, '+'
  if isOfThread then first, last = '[' .. pair(kind, from == '' and '' or from .. '\\1'), '(' .. kind .. '\\1' end
  local list, seen = {}, {}
  for _, source in ipairs(sources) do
    for _, member in ipairs(redis.call('ZRANGE', source, first, last, 'BYLEX', 'LIMIT', 0, limit)) do
      local id = member
      if isOfThread then _, id = readPlace(member) end
      if not seen[id] then list[#list + 1] = id end
      seen[id] = true
    end
  end
  if #sources > 1 then table.sort(list, isBefore) end
  return list
end
while #found < limit do
  local list = nextIds()
  if #list == 0 then break end
  for index = 1, math.min(#list, limit) do
    from = list[index]
    collect(from)
    if #found == limit then break end
  end
end
return { now, found }
`

export const RECORD_SCRIPTS = { find: script(RECORDS, FIND_RECORDS) }
