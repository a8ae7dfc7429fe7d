import { Annotation, Command, interrupt, StateGraph } from '@langchain/langgraph'
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import type { ClaimVault } from '../../../src/index.js'

/** Secrets of one life, made by the test. */
export interface LifeSecrets {
  /** Found by a rule in the state of a graph. */
  readonly token: string
  /** Handed over by an explicit claim, and then written into the state by whoever took it. */
  readonly handoff: string
  /** Handed over and never taken by a graph. */
  readonly spent: string
  /** In a thread that is deleted. */
  readonly deleted: string
  /** Takes the place of another one behind its claim. */
  readonly replaced: string
  readonly replacement: string
}

export interface Life {
  readonly vault: ClaimVault
  readonly saver: BaseCheckpointSaver
  readonly secrets: LifeSecrets
  /** Called each time that a claim was won, before anything else happens. */
  taken(url: string): void
  /** Rotates the vault's keys. */
  rotate(): Promise<void>
}

const PRINCIPAL = { sub: 'test' }
export const MAX_CLAIMS = 4
export const configOf = (threadId: string) => ({ configurable: { thread_id: threadId }, durability: 'sync' as const })

const State = Annotation.Root({
  token: Annotation<string>,
  note: Annotation<string>,
  handoff: Annotation<string>,
  approved: Annotation<boolean>,
  used: Annotation<string>,
})

/** Mints by a rule, hands over, waits for a person, and takes the claim twice. */
function lifeGraph({ vault, saver, secrets, taken }: Life) {
  const claim = async (url: string) => {
    const value = await vault.claim(url, { principal: PRINCIPAL, threadId: 'main' })
    taken(url)
    return String(value)
  }
  return new StateGraph(State)
    .addNode('fetch', () => ({ token: secrets.token, note: `Use ${secrets.token}, please.` }))
    .addNode('delegate', async () => ({
      handoff: await vault.create(secrets.handoff, { threadId: 'main', maxClaims: MAX_CLAIMS }),
    }))
    .addNode('ask', () => ({ approved: interrupt('May I?') === 'yes' }))
    .addNode('take', async ({ handoff }) => ({ used: await claim(handoff) }))
    .addNode('takeAgain', async ({ handoff, token }) => ({ used: `${await claim(handoff)} and ${token}` }))
    .addEdge('__start__', 'fetch')
    .addEdge('fetch', 'delegate')
    .addEdge('delegate', 'ask')
    .addEdge('ask', 'take')
    .addEdge('take', 'takeAgain')
    .compile({ checkpointer: saver })
}

/** What the graph's state must be in the end, whatever happened in between. */
export function expectedState({ token, handoff }: LifeSecrets) {
  return { token, note: `Use ${token}, please.`, approved: true, used: `${handoff} and ${token}` }
}

/** Goes on with the graph from wherever it stands, to its end. @returns its state. */
export async function finishGraph(life: Life): Promise<Record<string, unknown>> {
  const graph = lifeGraph(life)
  const config = configOf('main')
  for (let turn = 0; turn < 4; turn++) {
    const { values, tasks, config: at } = await graph.getState(config)
    // `next` is empty, too, where every task of a step has written and the next checkpoint is not there yet.
    if ((values as { used?: string }).used?.includes(' and ')) return values
    const interrupted = tasks.some(({ interrupts }) => interrupts.length > 0)
    const begun = at.configurable?.checkpoint_id !== undefined
    await graph.invoke(interrupted ? new Command({ resume: 'yes' }) : begun ? null : {}, config)
  }
  throw new Error('The graph did not come to its end.')
}

/** Everything that can happen to a secret, once. */
export async function live(life: Life): Promise<void> {
  const { vault, saver, secrets, taken, rotate } = life
  await finishGraph(life)
  const main = { principal: PRINCIPAL, threadId: 'main' }
  const spent = await vault.create(secrets.spent, { threadId: 'main' })
  await vault.claim(spent, main)
  taken(spent)
  const replaced = await vault.create(secrets.replaced, { threadId: 'replaced', maxClaims: 2 })
  await vault.replace(replaced, secrets.replacement, { principal: PRINCIPAL, threadId: 'replaced' })
  const graph = new StateGraph(State).addNode('only', () => ({ token: secrets.deleted })).addEdge('__start__', 'only')
  await graph.compile({ checkpointer: saver }).invoke({}, configOf('deleted'))
  await saver.deleteThread('deleted')
  await vault.revoke({ claim: spent }, { principal: PRINCIPAL })
  await rotate()
  await vault.sweep()
}
