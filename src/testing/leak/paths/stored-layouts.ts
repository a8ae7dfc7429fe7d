import {
  type BaseCheckpointSaver,
  type Checkpoint,
  type CheckpointMetadata,
  emptyCheckpoint,
  uuid6,
} from '@langchain/langgraph-checkpoint'
import { attempt } from '../observe.js'
import { leakPath } from '../path.js'

interface OldSend {
  readonly node: string
  readonly args: unknown
}

async function readBack(
  saver: BaseCheckpointSaver,
  config: Parameters<BaseCheckpointSaver['getTuple']>[0],
): Promise<unknown> {
  const got = await attempt(async () => {
    const tuple = await saver.getTuple(config)
    return { checkpoint: tuple?.checkpoint, metadata: tuple?.metadata, writes: tuple?.pendingWrites }
  })
  return { got }
}

/** What older versions of LangGraph store, put directly. */
export const storedLayoutPaths = [
  leakPath({
    name: 'old layout: metadata.writes',
    lands: ['metadata'],
    run: async ({ checkpointer, canary, config }) => {
      const metadata = {
        source: 'loop',
        step: 1,
        parents: {},
        writes: { agent: { value: canary } },
      } as CheckpointMetadata
      await checkpointer.put(config, { ...emptyCheckpoint(), id: uuid6(1) }, metadata, {})
      return readBack(checkpointer, config)
    },
  }),
  leakPath({
    name: 'old layout: pending_sends',
    lands: [],
    // Savers that copy a checkpoint field by field drop what the current format does not know.
    mayLand: ['checkpoint'],
    run: async ({ checkpointer, canary, config }) => {
      const metadata: CheckpointMetadata = { source: 'loop', step: 1, parents: {} }
      const sends: OldSend[] = [{ node: 'work', args: { item: canary } }]
      const checkpoint: Checkpoint & { pending_sends: OldSend[] } = {
        ...emptyCheckpoint(),
        id: uuid6(1),
        v: 1,
        pending_sends: sends,
      }
      await checkpointer.put(config, checkpoint, metadata, {})
      return readBack(checkpointer, config)
    },
  }),
  leakPath({
    name: 'old layout: sends among the writes of the parent',
    lands: ['write'],
    landsOnExit: ['write'],
    run: async ({ checkpointer, canary, config }) => {
      const metadata: CheckpointMetadata = { source: 'loop', step: 1, parents: {} }
      const { thread_id } = config.configurable
      const start = { configurable: { thread_id, checkpoint_ns: '' } }
      const parent = await checkpointer.put(start, { ...emptyCheckpoint(), id: uuid6(1), v: 3 }, metadata, {})
      const send: OldSend = { node: 'work', args: { item: canary } }
      await checkpointer.putWrites(parent, [['__pregel_tasks', send]], 'f81d4fae-7dec-51d0-a765-00a0c91e6bf6')
      const child = await checkpointer.put(parent, { ...emptyCheckpoint(), id: uuid6(2), v: 3 }, metadata, {})
      return readBack(checkpointer, child)
    },
  }),
]
