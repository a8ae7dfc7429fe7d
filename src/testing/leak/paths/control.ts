import { Annotation, Command, interrupt, Send, StateGraph } from '@langchain/langgraph'
import { attempt, observe } from '../observe.js'
import { type LeakRun, leakPath } from '../path.js'
import { render } from '../render.js'

const State = Annotation.Root({
  turn: Annotation<number>,
  value: Annotation<unknown>,
  answers: Annotation<number[]>({ reducer: (a, b) => a.concat(b), default: () => [] }),
})

async function interrupted(leak: LeakRun, question: unknown, resume: (ids: string[]) => unknown): Promise<unknown> {
  const used: string[] = []
  const graph = new StateGraph(State)
    .addNode('ask', () => {
      used.push(render(interrupt(question)))
      return { answers: [1] }
    })
    .addNode('use', () => ({ turn: 2 }))
    .addEdge('__start__', 'ask')
    .addEdge('ask', 'use')
    .compile({ checkpointer: leak.checkpointer })
  const first = render(await graph.invoke({ turn: 1 }, leak.config))
  const waiting = await observe(graph, leak.config)
  const { tasks } = await graph.getState(leak.config)
  const ids = tasks.flatMap((task) => task.interrupts.map(({ id }) => id ?? ''))
  const second = render(await graph.invoke(new Command({ resume: resume(ids) }), leak.config))
  return { first, waiting, second, used, ...((await observe(graph, leak.config)) as object) }
}

async function sent(leak: LeakRun, packet: unknown, by: 'edge' | 'command'): Promise<unknown> {
  const used: string[] = []
  const builder = new StateGraph(State)
    .addNode('fan', () => (by === 'command' ? new Command({ goto: [new Send('work', packet)] }) : { turn: 2 }), {
      ends: ['work'],
    })
    .addNode('work', (received: unknown) => {
      used.push(render(received))
      return { answers: [1] }
    })
    .addEdge('__start__', 'fan')
  if (by === 'edge') builder.addConditionalEdges('fan', () => [new Send('work', packet)], ['work'])
  const graph = builder.compile({ checkpointer: leak.checkpointer })
  const first = render(await graph.invoke({ turn: 1 }, leak.config))
  return { first, used, ...((await observe(graph, leak.config)) as object) }
}

/** Interrupts, resumes, commands and sends. */
export const controlPaths = [
  leakPath({
    name: 'interrupt: value',
    lands: ['write'],
    landsOnExit: ['write'],
    run: (leak) => interrupted(leak, { ask: `May I use ${leak.canary}?` }, () => 'yes'),
  }),
  leakPath({
    name: 'interrupt: resume value',
    lands: ['write'],
    run: (leak) => interrupted(leak, 'Which key?', () => ({ item: leak.canary })),
  }),
  leakPath({
    name: 'interrupt: resume map',
    lands: ['write'],
    run: (leak) => interrupted(leak, 'Which key?', (ids) => Object.fromEntries(ids.map((id) => [id, leak.canary]))),
  }),
  leakPath({
    name: 'command: update from a node',
    lands: ['checkpoint', 'write'],
    run: async ({ checkpointer, canary, config }) => {
      const graph = new StateGraph(State)
        .addNode('plant', () => new Command({ update: { value: { item: canary } }, goto: 'use' }), { ends: ['use'] })
        .addNode('use', () => ({ turn: 2 }))
        .addEdge('__start__', 'plant')
        .compile({ checkpointer })
      const first = await attempt(() => graph.invoke({ turn: 1 }, config))
      return { first, ...((await observe(graph, config)) as object) }
    },
  }),
  leakPath({
    name: 'command: update as input',
    lands: ['checkpoint', 'write'],
    run: async ({ checkpointer, canary, config }) => {
      const graph = new StateGraph(State)
        .addNode('use', () => ({ answers: [1] }))
        .addEdge('__start__', 'use')
        .compile({ checkpointer })
      const first = await attempt(() => graph.invoke({ turn: 1 }, config))
      const second = await attempt(() =>
        graph.invoke(new Command({ update: { value: { item: canary } }, goto: 'use' }), config),
      )
      return { first, second, ...((await observe(graph, config)) as object) }
    },
  }),
  leakPath({
    name: 'send: arguments',
    lands: ['checkpoint', 'write'],
    landsOnExit: [],
    run: (leak) => sent(leak, { item: leak.canary }, 'edge'),
  }),
  leakPath({
    name: 'send: arguments through Command.goto',
    lands: ['checkpoint', 'write'],
    landsOnExit: [],
    run: (leak) => sent(leak, { item: leak.canary }, 'command'),
  }),
]
