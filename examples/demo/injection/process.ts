import { writeSync } from 'node:fs'
import { LangChainTracer } from '@langchain/core/tracers/tracer_langchain'
import { InMemoryStore } from '@langchain/langgraph-checkpoint'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { createAgent } from 'langchain'
import { Client } from 'langsmith'
import { createScrubber, protectAgent, scrubConsole, scrubTracing } from '../../../src/agent.js'
import { ObedientModel, QUESTION, releaseTools } from './agent.js'
import type { InjectionJob, Seen } from './run.js'

/** One of the two agents. What it prints is evidence, so what it tells its parent goes another way. */
const { isProtected, file, serviceUrl, metricsUrl, tracerUrl } = JSON.parse(process.argv[2] ?? '{}') as InjectionJob
const REPORT = 3

const model = new ObedientModel()
const store = new InMemoryStore()
const scrubber = createScrubber()
if (isProtected) scrubConsole(scrubber)

const parts = {
  name: 'release-agent',
  model,
  tools: releaseTools({ serviceUrl, metricsUrl }),
  checkpointer: SqliteSaver.fromConnString(file),
  store,
}
const egress = { 'github-*': [new URL(serviceUrl).hostname] }
const agent = createAgent(
  isProtected
    ? protectAgent(parts, { tools: { deploy: { allow: 'github-*', egress } }, onCoverage: () => undefined })
    : parts,
)
const langsmith = new Client({ apiUrl: tracerUrl, apiKey: 'none' })
const client = isProtected ? scrubTracing(langsmith, scrubber) : langsmith
const config = { configurable: { thread_id: 'release-2.5.0' }, callbacks: [new LangChainTracer({ client })] }
const { messages } = await agent.invoke({ messages: [QUESTION] }, config)
await client.awaitPendingTraceBatches()

const seen: Seen = {
  model: model.read.join('\n'),
  answer: messages.at(-1)?.text ?? '',
  store: JSON.stringify(await store.search([])),
}
writeSync(REPORT, JSON.stringify(seen))
// The vault's connection would keep the process.
process.exit()
