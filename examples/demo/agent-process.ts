import { HumanMessage } from '@langchain/core/messages'
import { Command } from '@langchain/langgraph'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { secretSafe } from '../../src/index.js'
import { releaseAgent } from './agent.js'
import type { Job } from './run.js'

/** One half of each run; the other half is another process. Vault and key come from the environment. */
const { step, threadId, bare, wrapped, writes } = JSON.parse(process.argv[2] ?? '{}') as Job
const principal = { sub: 'dana@example.com', act: step === 'start' ? 'release-agent-1' : 'release-agent-2' }
const input =
  step === 'start'
    ? { messages: [new HumanMessage({ id: 'human-1', content: 'Deploy release 2.4.0.' })] }
    : new Command({ resume: 'yes' })
const config = { configurable: { thread_id: threadId } }

const bareSaver = SqliteSaver.fromConnString(bare.file)
await releaseAgent(bareSaver, bare.serviceUrl).invoke(input, config)

const safeSaver = secretSafe(SqliteSaver.fromConnString(wrapped.file), { principal, writes })
await releaseAgent(safeSaver, wrapped.serviceUrl).invoke(input, config)
await safeSaver.end()
