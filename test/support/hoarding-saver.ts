import { inspect } from 'node:util'
import type { RunnableConfig } from '@langchain/core/runnables'
import { BaseCheckpointSaver, MemorySaver } from '@langchain/langgraph-checkpoint'
import { dumpMemory } from '../../src/testing/leak/dump/memory.js'
import { type StoredBytes, textBytes } from '../../src/testing/leak/stored-bytes.js'
import type { BareSaver } from './bare-savers.js'

/** Stores every configuration that comes with a write: some servers copy what they find there into their rows. */
class HoardingSaver extends MemorySaver {
  readonly hoard: StoredBytes[] = []

  override async put(...args: Parameters<MemorySaver['put']>) {
    this.#keep('put', args[0])
    return super.put(...args)
  }

  override async putWrites(...args: Parameters<MemorySaver['putWrites']>) {
    this.#keep('putWrites', args[0])
    return super.putWrites(...args)
  }

  #keep(call: string, config: RunnableConfig): void {
    const { configurable = {}, ...rest } = config
    for (const [key, value] of [...Object.entries(configurable), ...Object.entries(rest)]) {
      if (key === 'callbacks' || value instanceof BaseCheckpointSaver) continue
      const text = inspect(value, { depth: 8, maxStringLength: null, maxArrayLength: null })
      this.hoard.push(textBytes('config', `${call}: ${key.slice(0, 40)}`, text))
    }
  }
}

export async function hoardingSaver(): Promise<BareSaver<HoardingSaver>> {
  const checkpointer = new HoardingSaver()
  return {
    checkpointer,
    dump: async () => [...dumpMemory(checkpointer), ...checkpointer.hoard],
    close: async () => {},
  }
}
