import { entrypoint, getPreviousState, task } from '@langchain/langgraph'
import { attempt, observe } from '../observe.js'
import { leakPath } from '../path.js'
import { render } from '../render.js'

/** The functional API: entrypoints and tasks. */
export const functionalPaths = [
  leakPath({
    name: 'functional: input',
    lands: ['checkpoint'],
    landsOnExit: [],
    run: async ({ checkpointer, canary, config }) => {
      const flow = entrypoint(
        { name: 'flow', checkpointer },
        async (input: { item: string }) => Object.keys(input).length,
      )
      const first = await attempt(() => flow.invoke({ item: canary }, config))
      return { first, ...((await observe(flow, config)) as object) }
    },
  }),
  leakPath({
    name: 'functional: return value',
    lands: ['checkpoint', 'write'],
    run: async ({ checkpointer, canary, config }) => {
      const previous: string[] = []
      const flow = entrypoint({ name: 'flow', checkpointer }, async (turn: number) => {
        previous.push(render(getPreviousState()))
        return { turn, item: canary }
      })
      const first = await attempt(() => flow.invoke(1, config))
      const second = await attempt(() => flow.invoke(2, config))
      return { first, second, previous, ...((await observe(flow, config)) as object) }
    },
  }),
  leakPath({
    name: 'functional: entrypoint.final save',
    lands: ['checkpoint', 'write'],
    run: async ({ checkpointer, canary, config }) => {
      const previous: string[] = []
      const flow = entrypoint({ name: 'flow', checkpointer }, async (turn: number) => {
        previous.push(render(getPreviousState()))
        return entrypoint.final({ value: turn, save: { item: canary } })
      })
      const first = await attempt(() => flow.invoke(1, config))
      const second = await attempt(() => flow.invoke(2, config))
      return { first, second, previous, ...((await observe(flow, config)) as object) }
    },
  }),
  leakPath({
    name: 'functional: task return',
    lands: ['write'],
    run: async ({ checkpointer, canary, config }) => {
      const login = task('login', async () => ({ item: canary }))
      const flow = entrypoint({ name: 'flow', checkpointer }, async (turn: number) => {
        const { item } = await login()
        return turn + item.length
      })
      const first = await attempt(() => flow.invoke(1, config))
      return { first, ...((await observe(flow, config)) as object) }
    },
  }),
  leakPath({
    name: 'functional: task throw',
    lands: ['write'],
    landsOnExit: ['write'],
    run: async ({ checkpointer, canary, config }) => {
      const login = task('login', async (): Promise<string> => {
        throw new Error(`401 for ${canary}`)
      })
      const flow = entrypoint({ name: 'flow', checkpointer }, async (_turn: number) => login())
      const first = await attempt(() => flow.invoke(1, config))
      return { first, ...((await observe(flow, config)) as object) }
    },
  }),
]
