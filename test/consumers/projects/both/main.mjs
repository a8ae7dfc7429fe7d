import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { emptyCheckpoint, MemorySaver } from '@langchain/langgraph-checkpoint'
import * as esm from 'langgraph-secret-safe'

const cjs = createRequire(import.meta.url)('langgraph-secret-safe')
assert.notEqual(cjs.SecretSafeSaver, esm.SecretSafeSaver, 'two copies are loaded')

assert.ok(esm.isSecret(cjs.secret('x')))
assert.ok(cjs.isSecret(esm.secret('x')))

const key = esm.KeyRing.generate()
const vault = await esm.ClaimVault.open({ store: new esm.MemoryClaimStore(), keys: new cjs.KeyRing(key) })
const saver = new esm.SecretSafeSaver(new MemorySaver(), { vault, principal: null })
const config = { configurable: { thread_id: '1', checkpoint_ns: '' } }
const checkpoint = { ...emptyCheckpoint(), channel_values: { login: cjs.secret('correct horse') } }
const stored = await saver.put(config, checkpoint, { source: 'input', step: -1, parents: {} }, {})

const { login: url } = (await saver.getTuple(stored)).checkpoint.channel_values
assert.match(url, /^claim:\/\//, 'no principal, no plaintext')
const tuple = await cjs.runAs({ sub: 'alice' }, () => saver.getTuple(stored))
assert.ok(cjs.isSecret(tuple.checkpoint.channel_values.login), "the other copy's runAs is seen")
assert.equal(tuple.checkpoint.channel_values.login.expose(), 'correct horse')

await vault.close()
console.log('both ok')
