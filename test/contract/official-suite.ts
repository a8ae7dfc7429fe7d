import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import { deltaChannelHistoryTests, validate } from '@langchain/langgraph-checkpoint-validation'
import { describe } from 'vitest'
import type { LeakTarget } from '../../src/testing/leak/suite.js'
import { protect } from '../support/wrapped-saver.js'

/**
 * LangGraph's own suite for savers, bare and wrapped: the same tests have to pass.
 * @param checkpointerName the inner saver's: a few tests are left out by name.
 */
export function describeOfficialSuite(checkpointerName: string, open: () => Promise<LeakTarget>): void {
  describe.each([
    ['bare', open],
    ['wrapped', protect(open)],
  ] as const)('%s', (_, openSaver) => {
    const opened = new Map<BaseCheckpointSaver, LeakTarget>()
    const initializer = {
      checkpointerName,
      async createCheckpointer(): Promise<BaseCheckpointSaver> {
        const target = await openSaver()
        opened.set(target.checkpointer, target)
        return target.checkpointer
      },
      async destroyCheckpointer(checkpointer: BaseCheckpointSaver): Promise<void> {
        await opened.get(checkpointer)?.close()
        opened.delete(checkpointer)
      },
    }
    validate(initializer)
    deltaChannelHistoryTests(initializer)
  })
}
