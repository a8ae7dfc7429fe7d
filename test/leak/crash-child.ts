import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { SqliteClaimStore } from '../../src/vault/stores/sqlite.js'
import { wrapSaver } from '../support/wrapped-saver.js'
import { crashGraph } from './crash-graph.js'

/** A process that is killed in the middle of its run. */
const { file, vaultFile, key, durability, secrets } = JSON.parse(process.env.CRASH_RUN ?? '{}')
const inner = SqliteSaver.fromConnString(file)
const saver = vaultFile
  ? (await wrapSaver(inner, { store: SqliteClaimStore.fromConnString(vaultFile), key })).saver
  : inner
const graph = crashGraph(saver, secrets)
const events = await graph.stream(
  { step: 0 },
  { configurable: { thread_id: 'thread-1' }, durability, recursionLimit: 1_000_000, streamMode: 'updates' },
)
let supersteps = 0
for await (const _ of events) if (++supersteps === 3) process.stdout.write('running\n')
