import { Annotation, interrupt, StateGraph } from '@langchain/langgraph'
import { attempt, observe } from '../observe.js'
import { type LeakPath, type LeakRun, leakPath } from '../path.js'

const State = Annotation.Root({ turn: Annotation<number>, value: Annotation<unknown>, note: Annotation<unknown> })

/** The secret is marked in the first node, and shows up unmarked in the second. */
function spread(name: string, say: (canary: string) => unknown, init: Partial<LeakPath> = {}): LeakPath {
  const run = async ({ checkpointer, canary, config, mark }: LeakRun): Promise<unknown> => {
    const graph = new StateGraph(State)
      .addNode('login', () => ({ value: { item: mark(canary) } }))
      .addNode('later', () => say(canary) as { note?: unknown })
      .addEdge('__start__', 'login')
      .addEdge('login', 'later')
      .compile({ checkpointer })
    const first = await attempt(() => graph.invoke({ turn: 1 }, config))
    return { first, ...((await observe(graph, config)) as object) }
  }
  return leakPath({ canary: 'opaque', needs: 'known', lands: ['checkpoint', 'write'], ...init, name, run })
}

/** A secret that was marked once is found again in later text, whatever it looks like. */
export const knownPaths = [
  spread('known: later, in prose', (canary) => ({ note: `We used ${canary} for it.` })),
  spread('known: later, in a URL', (canary) => ({ note: `https://me:${canary}@example.com/` })),
  spread('known: later, in base64', (canary) => ({ note: Buffer.from(`me:${canary}`).toString('base64') })),
  spread(
    'known: later, in an error',
    (canary) => {
      throw new Error(`401 for ${canary}`)
    },
    { landsOnExit: ['checkpoint', 'write'] },
  ),
  spread('known: later, in an interrupt', (canary) => interrupt(`May I use ${canary}?`), {
    landsOnExit: ['checkpoint', 'write'],
  }),
]
