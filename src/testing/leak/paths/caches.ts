import { Annotation, StateGraph } from '@langchain/langgraph'
import { attempt } from '../observe.js'
import { type LeakPath, type LeakRun, leakPath } from '../path.js'

/** A node's answer is cached, and given again to the next run. Without a checkpointer: the state itself is kept nowhere. */
function cached(name: string, say: (canary: string, run: LeakRun) => unknown, init: Partial<LeakPath> = {}): LeakPath {
  const run = async (given: LeakRun): Promise<unknown> => {
    const { canary, cache, config } = given
    let times = 0
    const State = Annotation.Root({ user: Annotation<string>, value: Annotation<unknown> })
    const graph = new StateGraph(State)
      .addNode(
        'login',
        () => {
          times++
          return { value: say(canary, given) }
        },
        { cachePolicy: { ttl: 600, keyFunc: () => config.configurable.thread_id } },
      )
      .addEdge('__start__', 'login')
      .compile({ cache: cache! })
    const first = await attempt(() => graph.invoke({ user: 'ada' }))
    const second = await attempt(() => graph.invoke({ user: 'ada' }))
    return { first, second, times }
  }
  return leakPath({ lands: ['cache'], ...init, name, run })
}

export const cachePaths = [
  cached('cache: value', (canary) => canary),
  cached('cache: nested', (canary) => new Map([['a', [{ note: `use ${canary}` }]]])),
  cached('cache: named field', (canary) => ({ password: canary }), { canary: 'opaque', needs: 'name' }),
  cached('cache: marked', (canary, { mark }) => mark(canary), { canary: 'opaque', needs: 'mark' }),
  leakPath({
    name: 'cache: key',
    lands: ['key'],
    run: async ({ cache, canary }) => {
      const key: [string[], string] = [['login'], `user ${canary}`]
      await cache!.set([{ key, value: 'in' }])
      return cache!.get([key])
    },
  }),
]
