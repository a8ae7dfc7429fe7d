import { HumanMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { Annotation, Command, entrypoint, interrupt, MessagesAnnotation, StateGraph, task } from '@langchain/langgraph'
import { createReactAgent } from '@langchain/langgraph/prebuilt'
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import { createSupervisor } from '@langchain/langgraph-supervisor'
import { createAgent } from 'langchain'
import { callTool, lines, ScriptedModel } from '../../src/testing/leak/scripted-model.js'

/** The part of a compiled graph that a scenario is driven through. */
export interface Runnable {
  invoke(input: unknown, config: Record<string, unknown>): Promise<unknown>
  stream(input: unknown, config: Record<string, unknown>): Promise<AsyncIterable<unknown>>
  getState(config: Record<string, unknown>, options?: { subgraphs?: boolean }): Promise<unknown>
}

export interface Scenario {
  readonly name: string
  readonly inputs: readonly unknown[]
  /** @param used collects what the working code received, so that a placeholder in a tool's hands would be seen. */
  readonly build: (checkpointer: BaseCheckpointSaver, secret: string, used: string[]) => Runnable
}

const empty = { type: 'object', properties: {} } as const
const withKey = { type: 'object', properties: { key: { type: 'string' } }, required: ['key'] } as const

function tools(secret: string, used: string[]) {
  const login = tool(() => ({ status: 200, body: `token=${secret}` }), {
    name: 'login',
    description: 'Logs in',
    schema: empty,
  })
  const deploy = tool(
    (input) => {
      used.push((input as { key: string }).key)
      return interrupt({ question: `Deploy with ${(input as { key: string }).key}?` }) === 'yes' ? 'deployed' : 'left'
    },
    { name: 'deploy', description: 'Deploys', schema: withKey },
  )
  return { login, deploy }
}

function agentLines(secret: string) {
  return lines(callTool('call_1', 'login', {}), callTool('call_2', 'deploy', { key: secret }))
}

const ask = { messages: [new HumanMessage({ id: 'h1', content: 'Deploy it, please.' })] }
const approve = new Command({ resume: 'yes' })

export const scenarios: readonly Scenario[] = [
  {
    name: 'createAgent, with a tool that waits for a human',
    inputs: [ask, approve, { messages: [new HumanMessage({ id: 'h2', content: 'Thanks.' })] }],
    build: (checkpointer, secret, used) => {
      const { login, deploy } = tools(secret, used)
      const agent = createAgent({ model: new ScriptedModel(agentLines(secret)), tools: [login, deploy], checkpointer })
      return agent.graph as unknown as Runnable
    },
  },
  {
    name: 'functional API, with tasks and a state from the turn before',
    inputs: [{ turn: 1 }, approve, { turn: 2 }, approve],
    build: (checkpointer, secret, used) => {
      const login = task('login', async (turn: number) => ({ turn, token: secret }))
      const deploy = task('deploy', async (token: string) => {
        used.push(token)
        return `deployed with ${token.length} characters`
      })
      const flow = entrypoint({ name: 'flow', checkpointer }, async ({ turn }: { turn: number }, config) => {
        const previous = (config as { previous?: { token?: string } }).previous
        if (previous?.token !== undefined) used.push(previous.token)
        const session = await login(turn)
        const answer = interrupt({ question: `Use ${session.token}?` })
        const report = await deploy(session.token)
        return entrypoint.final({ value: { report, answer }, save: session })
      })
      return flow as unknown as Runnable
    },
  },
  {
    name: 'subgraphs inside subgraphs',
    inputs: [{ note: 'start' }, approve, { note: 'again' }, approve],
    build: (checkpointer, secret, used) => {
      const Inner = Annotation.Root({ note: Annotation<string>, token: Annotation<string> })
      const innermost = new StateGraph(Inner)
        .addNode('login', () => ({ token: secret }))
        .addNode('confirm', ({ token }) => {
          used.push(token)
          return { note: `answer: ${interrupt({ question: `Use ${token}?` })}, for ${token}` }
        })
        .addEdge('__start__', 'login')
        .addEdge('login', 'confirm')
        .compile()
      const middle = new StateGraph(Inner).addNode('innermost', innermost).addEdge('__start__', 'innermost').compile()
      return new StateGraph(Annotation.Root({ note: Annotation<string> }))
        .addNode('middle', middle)
        .addNode('last', ({ note }) => {
          used.push(note)
          return {}
        })
        .addEdge('__start__', 'middle')
        .addEdge('middle', 'last')
        .compile({ checkpointer }) as unknown as Runnable
    },
  },
  {
    name: 'langgraph-supervisor, with a worker that waits for a human',
    inputs: [ask, approve],
    build: (checkpointer, secret, used) => {
      const { login, deploy } = tools(secret, used)
      const worker = createReactAgent({
        llm: new ScriptedModel((messages) => {
          const spoken = messages.filter((message) => message.name === 'worker' && message.getType() === 'ai').length
          return agentLines(secret)(messages.filter((message) => message.getType() === 'ai').slice(0, spoken))
        }),
        tools: [login, deploy],
        name: 'worker',
      })
      const supervisor = createSupervisor({
        agents: [worker],
        llm: new ScriptedModel(lines(callTool('call_0', 'transfer_to_worker', {}))),
        stateSchema: MessagesAnnotation,
      })
      return supervisor.compile({ checkpointer }) as unknown as Runnable
    },
  },
]
