import { LINK_REPEATED, script } from './redis-script.js'

/** Records are taken and checked before the first write: a bit for each link of a writer says that it was used. */
export const LINKED_EVENTS = `
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

const ADD_WRITER = script(`
local writer, fields = take(), takeMany()
if redis.call('EXISTS', key('writer', writer)) == 1 then return 0 end
redis.call('HSET', key('writer', writer), unpack(fields))
redis.call('ZADD', root .. 'writers', 0, writer)
return 1
`)

/** Roots are numbered from 1 without a gap, and never removed. */
const ADD_ROOT = script(`
local number, name, fields = take(), take(), takeMany()
if tonumber(number) ~= redis.call('ZCARD', root .. 'roots') + 1 then return 0 end
redis.call('HSET', key('root', name), unpack(fields))
redis.call('ZADD', root .. 'roots', 0, name)
return 1
`)

const COUNT_ROOTS = script(`return redis.call('ZCARD', root .. 'roots')`)

/** Entries after a number: all, or those that name a claim. */
const EVENTS = script(`
local after, claim, limit = take(), takeMany()[1], take()
if not claim then return redis.call('XRANGE', root .. 'ledger', '(' .. after .. '-0', '+', 'COUNT', limit) end
local entries = {}
for _, seq in ipairs(redis.call('ZRANGE', key('ledger-of', claim), '(' .. after, '+inf', 'BYSCORE', 'LIMIT', 0, limit)) do
  entries[#entries + 1] = redis.call('XRANGE', root .. 'ledger', seq .. '-0', seq .. '-0')[1]
end
return entries
`)

/** A portion of the entries up to a number, oldest first, so that Redis is not held up. */
const PRUNE = script(`
local through, limit = take(), take()
local entries = redis.call('XRANGE', root .. 'ledger', '-', through .. '-0', 'COUNT', limit)
if #entries == 0 then return 0 end
for _, entry in ipairs(entries) do
  local seq, fields = string.match(entry[1], '^%d+'), entry[2]
  for index = 1, #fields, 2 do
    if fields[index] == 'claims' then
      for _, id in ipairs(cjson.decode(fields[index + 1])) do redis.call('ZREM', key('ledger-of', id), seq) end
    end
  end
end
redis.call('XTRIM', root .. 'ledger', 'MINID', ms(tonumber(string.match(entries[#entries][1], '^%d+')) + 1) .. '-0')
return #entries
`)

export const LEDGER_SCRIPTS = {
  addWriter: ADD_WRITER,
  addRoot: ADD_ROOT,
  countRoots: COUNT_ROOTS,
  events: EVENTS,
  prune: PRUNE,
}
