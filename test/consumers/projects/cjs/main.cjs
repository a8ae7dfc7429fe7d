const assert = require('node:assert/strict')
const { BaseCheckpointSaver, emptyCheckpoint, MemorySaver } = require('@langchain/langgraph-checkpoint')
const { ClaimVault, KeyRing, MemoryClaimStore, SecretSafeSaver, secret } = require('langgraph-secret-safe')
const { guardModel, isSecretSafeStore, protectAgent, scrubText, secretsMiddleware } = require('langgraph-secret-safe/agent')
const { createDetector } = require('langgraph-secret-safe/detect')
const { PostgresClaimStore } = require('langgraph-secret-safe/postgres')
const { RedisClaimStore } = require('langgraph-secret-safe/redis')
const { SqliteClaimStore } = require('langgraph-secret-safe/sqlite')

async function main() {
  const vault = await ClaimVault.open({
    store: SqliteClaimStore.fromConnString(':memory:'),
    keys: new KeyRing(KeyRing.generate()),
  })
  const inner = new MemorySaver()
  const saver = new SecretSafeSaver(inner, { vault, principal: { sub: 'test' }, detector: createDetector() })
  // The reason for shipping CJS at all.
  assert.ok(saver instanceof BaseCheckpointSaver)
  assert.equal(typeof PostgresClaimStore.fromPool, 'function')
  assert.equal(typeof RedisClaimStore.fromClient, 'function')
  assert.equal(typeof MemoryClaimStore, 'function')
  const parts = protectAgent({ checkpointer: saver, model: 'none' }, { onCoverage: () => {} })
  assert.equal(parts.checkpointer, saver)
  assert.equal(parts.middleware.at(-1).name, secretsMiddleware().name)
  assert.throws(() => guardModel({}), { code: 'ERR_INPUT_INVALID' })
  assert.equal(isSecretSafeStore({}), false)
  assert.equal(scrubText('nothing here'), 'nothing here')
  const config = { configurable: { thread_id: '1', checkpoint_ns: '' } }
  const checkpoint = { ...emptyCheckpoint(), channel_values: { login: secret('correct horse') } }
  const stored = await saver.put(config, checkpoint, { source: 'input', step: -1, parents: {} }, {})
  assert.doesNotMatch(JSON.stringify((await inner.getTuple(stored)).checkpoint), /correct horse/)
  assert.equal((await saver.getTuple(stored)).checkpoint.channel_values.login.expose(), 'correct horse')
  await vault.close()
  console.log('cjs ok')
}

main()
