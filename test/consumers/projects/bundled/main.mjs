import assert from 'node:assert/strict'
import { emptyCheckpoint, MemorySaver } from '@langchain/langgraph-checkpoint'
import { KeyRing, secret, secretSafe } from 'langgraph-secret-safe'

process.env.SECRET_SAFE_KEY = KeyRing.generate()

async function main() {
  const saver = secretSafe(new MemorySaver(), { vaultAddress: ':memory:', config: { vault: { tenant: 'bundled' } } })
  const config = { configurable: { thread_id: '1', checkpoint_ns: '' } }
  const checkpoint = { ...emptyCheckpoint(), channel_values: { login: secret('correct horse') } }
  const stored = await saver.put(config, checkpoint, { source: 'input', step: -1, parents: {} }, {})
  assert.equal((await saver.getTuple(stored)).checkpoint.channel_values.login.expose(), 'correct horse')
  await saver.end()
  console.log('bundled ok')
}

main()
