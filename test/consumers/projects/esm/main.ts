import assert from 'node:assert/strict'
import { BaseCheckpointSaver, emptyCheckpoint, MemorySaver } from '@langchain/langgraph-checkpoint'
import { ClaimVault, KeyRing, MemoryClaimStore, type Secret, SecretSafeSaver, secret } from 'langgraph-secret-safe'
import { guardModel, type ProtectAgentOptions, protectAgent, scrubText } from 'langgraph-secret-safe/agent'
import { createDetector, type Finding } from 'langgraph-secret-safe/detect'
import { PostgresClaimStore } from 'langgraph-secret-safe/postgres'
import { RedisClaimStore } from 'langgraph-secret-safe/redis'
import { SqliteClaimStore } from 'langgraph-secret-safe/sqlite'
import type { LeakTarget } from 'langgraph-secret-safe/testing'

const vault = await ClaimVault.open({ store: new MemoryClaimStore(), keys: new KeyRing(KeyRing.generate()) })
const target: Pick<LeakTarget, 'checkpointer'> = {
  checkpointer: new SecretSafeSaver(new MemorySaver(), { vault, principal: { sub: 'test' } }),
}
const saver = target.checkpointer
assert.ok(saver instanceof BaseCheckpointSaver)
assert.equal(typeof PostgresClaimStore.fromPool, 'function')
assert.equal(typeof RedisClaimStore.fromClient, 'function')
assert.equal(typeof SqliteClaimStore.fromConnString, 'function')

const options: ProtectAgentOptions = { vault, principal: null, onCoverage: () => undefined }
const parts = protectAgent({ checkpointer: new MemorySaver() }, options)
assert.ok(parts.checkpointer instanceof SecretSafeSaver)
assert.throws(() => guardModel({}))
assert.equal(scrubText('nothing here'), 'nothing here')

const login: Secret<string> = secret('correct horse')
const config = { configurable: { thread_id: '1', checkpoint_ns: '' } }
const stored = await saver.put(
  config,
  { ...emptyCheckpoint(), channel_values: { login } },
  { source: 'input', step: -1, parents: {} },
  {},
)
const tuple = await saver.getTuple(stored)
assert.equal((tuple?.checkpoint.channel_values['login'] as Secret<string>).expose(), 'correct horse')

const findings: Finding[] = createDetector().scanText('nothing here')
assert.deepEqual(findings, [])
// @ts-expect-error a finding never holds the secret
findings[0]?.secret
// @ts-expect-error nothing is claimed without a principal
void (() => vault.claim('claim://', { threadId: '1' }))

await vault.close()
console.log('esm ok')
