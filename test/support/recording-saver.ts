import type { RunnableConfig } from '@langchain/core/runnables'
import {
  BaseCheckpointSaver,
  type Checkpoint,
  type CheckpointTuple,
  emptyCheckpoint,
} from '@langchain/langgraph-checkpoint'

/** Keeps each call's arguments by reference, as an inner saver sees them. */
export class RecordingSaver extends BaseCheckpointSaver {
  readonly puts: unknown[][] = []
  readonly writes: unknown[][] = []
  tuple: CheckpointTuple | undefined

  override async put(...args: [RunnableConfig, Checkpoint, never, never]): Promise<RunnableConfig> {
    this.puts.push(args)
    return { configurable: { ...args[0].configurable, checkpoint_id: args[1].id } }
  }

  override async putWrites(...args: unknown[]): Promise<void> {
    this.writes.push(args)
  }

  override async getTuple(): Promise<CheckpointTuple | undefined> {
    return this.tuple
  }

  override async *list(): AsyncGenerator<CheckpointTuple> {
    if (this.tuple !== undefined) yield this.tuple
  }

  override async deleteThread(): Promise<void> {}

  /** Answers reads with what the last put stored. */
  replay(): void {
    const [config, checkpoint, metadata] = this.puts.at(-1) as [RunnableConfig, Checkpoint, never]
    this.tuple = { config, checkpoint, metadata }
  }

  lastValues(): Record<string, unknown> {
    return (this.puts.at(-1)![1] as Checkpoint).channel_values
  }
}

export const checkpointOf = (values: Record<string, unknown>): Checkpoint => ({
  ...emptyCheckpoint(),
  channel_values: values,
})
export const metadataOf = (extra: Record<string, unknown> = {}) => ({
  source: 'loop' as const,
  step: 1,
  parents: {},
  ...extra,
})
