import { HumanMessage, ToolMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { Command } from '@langchain/langgraph'
import { attempt, observe } from '../observe.js'
import { type LeakPath, type LeakRun, leakPath } from '../path.js'
import { callTool, lines, ScriptedModel } from '../scripted-model.js'

interface Plants {
  readonly question?: (canary: string) => string
  readonly args?: (canary: string) => Record<string, unknown>
  readonly fetch?: (canary: string) => unknown
}

const schema = { type: 'object', properties: { url: { type: 'string' } } } as const

/** A model that calls one tool, and says a last word. */
function agentPath(name: string, plants: Plants): LeakPath {
  const run = async ({ checkpointer, canary, config }: LeakRun): Promise<unknown> => {
    // Not a dependency of whoever runs the kit without agents.
    const { createAgent } = await import('langchain')
    const fetchPage = tool(() => plants.fetch?.(canary) ?? 'ok', { name: 'fetch_page', description: 'Fetches', schema })
    const args = plants.args?.(canary) ?? { url: '/login' }
    const agent = createAgent({
      model: new ScriptedModel(lines(callTool('call_1', 'fetch_page', args))),
      tools: [fetchPage],
      checkpointer,
    })
    const ask = (id: string, content: string) =>
      attempt(() => agent.invoke({ messages: [new HumanMessage({ id, content })] }, config))
    const first = await ask('h1', plants.question?.(canary) ?? 'Fetch it.')
    const second = await ask('h2', 'And?')
    return { first, second, ...((await observe(agent.graph, config)) as object) }
  }
  return leakPath({ name, lands: ['checkpoint', 'write'], run })
}

/** `createAgent`: at each tool step it copies the conversation into a Send. */
export const agentPaths = [
  agentPath('agent: conversation copied into the tool step', { question: (canary) => `My key is ${canary}.` }),
  agentPath('agent: tool call arguments', { args: (canary) => ({ url: `/?key=${canary}` }) }),
  agentPath('agent: tool result', { fetch: (canary) => ({ status: 200, body: `{"item":"${canary}"}` }) }),
  agentPath('agent: tool throws', {
    fetch: (canary) => {
      throw new Error(`401 for ${canary}`)
    },
  }),
  agentPath('agent: state update from a tool', {
    fetch: (canary) =>
      new Command({
        update: { messages: [new ToolMessage({ id: 't1', content: `key ${canary}`, tool_call_id: 'call_1' })] },
      }),
  }),
]
