import { script, scriptOf } from './redis-script.js'

/**
 * The first to come writes the schema. Tries every kind of write first: with an ACL that lacks one, a commit would stop
 * half-way, and Redis does not undo what a script has done.
 */
const SETUP = scriptOf(`
local root = KEYS[1]
local stored = redis.call('HMGET', root .. 'schema', 'app', 'version')
if stored[2] then return { stored[1] or '', stored[2] } end
if redis.call('EXISTS', root .. 'vault', root .. 'ledger') > 0 then return { '', '0' } end
local probe = root .. 'probe'
redis.call('SET', probe, '1', 'PX', 1000)
redis.call('INCR', probe)
redis.call('PEXPIREAT', probe, '1')
redis.call('DEL', probe)
redis.call('HSET', probe, 'a', '1')
redis.call('HDEL', probe, 'a')
redis.call('SADD', probe, 'a')
redis.call('PERSIST', probe)
redis.call('SREM', probe, 'a')
redis.call('ZADD', probe, '1', 'a')
redis.call('ZREM', probe, 'a')
redis.call('XADD', probe, '1-0', 'a', '1')
redis.call('XTRIM', probe, 'MINID', '2')
redis.call('DEL', probe)
redis.call('HSET', root .. 'schema', 'app', ARGV[2], 'version', ARGV[1])
return { ARGV[2], ARGV[1] }
`)

const READ = script(`
local rows = {}
for _, name in ipairs(takeMany()) do rows[#rows + 1] = rowAt(root .. name) end
return rows
`)

/** Rows of a kind, by the names in its index. */
const PAGE = script(`
local kind, index, after, limit = take(), take(), take(), take()
local rows = {}
for _, name in ipairs(redis.call('ZRANGE', root .. index, after == '' and '-' or '(' .. after, '+', 'BYLEX', 'LIMIT', 0, limit)) do
  rows[#rows + 1] = rowAt(key(kind, name))
end
return rows
`)

/** Compare and swap of some fields of one row. */
const SWAP = script(`
local name, field, expected, fields = root .. take(), take(), take(), takeMany()
if redis.call('HGET', name, field) ~= expected then return 0 end
redis.call('HSET', name, unpack(fields))
return 1
`)

const INIT_VAULT = script(`
local fields = takeMany()
if redis.call('EXISTS', root .. 'vault') == 0 then redis.call('HSET', root .. 'vault', unpack(fields)) end
return rowAt(root .. 'vault')
`)

const INIT_KEY = script(`
local id, tenant, window, fields = take(), take(), take(), takeMany()
local stored = redis.call('HGET', root .. 'key-of', pair(tenant, window))
if not stored then
  if redis.call('EXISTS', key('key', id)) == 1 then return redis.error_reply('ERR this id is another key') end
  stored = id
  redis.call('HSET', root .. 'key-of', pair(tenant, window), id)
  redis.call('HSET', key('key', id), unpack(fields))
  redis.call('ZADD', root .. 'keys', 0, id)
  redis.call('ZADD', root .. 'key-windows', window, id)
end
return rowAt(key('key', stored))
`)

const DESTROY_KEYS = script(`
local gone = {}
for _, id in ipairs(redis.call('ZRANGE', root .. 'key-windows', '0', '(' .. take(), 'BYSCORE')) do
  local row = rowAt(key('key', id))
  local tenant, window = unpack(redis.call('HMGET', key('key', id), 'tenant', 'key_window'))
  redis.call('DEL', key('key', id))
  redis.call('HDEL', root .. 'key-of', pair(tenant, window))
  redis.call('ZREM', root .. 'keys', id)
  redis.call('ZREM', root .. 'key-windows', id)
  gone[#gone + 1] = row
end
return gone
`)

const ACQUIRE = script(`
local name, holder, ttl = key('lock', take()), take(), take()
local held = redis.call('GET', name)
if held and held ~= holder then return 0 end
redis.call('SET', name, holder, 'PX', ttl)
return 1
`)

const RELEASE = script(`
local name, holder = key('lock', take()), take()
if redis.call('GET', name) == holder then redis.call('DEL', name) end
return 1
`)

const READ_NOTE = script(`return redis.call('HGET', root .. 'notes', take())`)
const WRITE_NOTE = script(`return redis.call('HSET', root .. 'notes', take(), take())`)

export const TABLE_SCRIPTS = {
  setup: SETUP,
  read: READ,
  page: PAGE,
  swap: SWAP,
  initVault: INIT_VAULT,
  initKey: INIT_KEY,
  destroyKeys: DESTROY_KEYS,
  acquire: ACQUIRE,
  release: RELEASE,
  readNote: READ_NOTE,
  writeNote: WRITE_NOTE,
}
