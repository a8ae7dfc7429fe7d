import type { MemorySaver } from '@langchain/langgraph-checkpoint'
import { type StoredBytes, textBytes } from '../stored-bytes.js'

/** All that a MemorySaver holds. */
export function dumpMemory(saver: Pick<MemorySaver, 'storage' | 'writes'>): StoredBytes[] {
  const stored: StoredBytes[] = []
  for (const [threadId, namespaces] of Object.entries(saver.storage)) {
    for (const [namespace, checkpoints] of Object.entries(namespaces)) {
      for (const [id, [checkpoint, metadata, parent]] of Object.entries(checkpoints)) {
        stored.push({ area: 'checkpoint', place: 'memory storage, checkpoint', bytes: checkpoint })
        stored.push({ area: 'metadata', place: 'memory storage, metadata', bytes: metadata })
        stored.push(textBytes('key', 'memory storage, keys', [threadId, namespace, id, parent].join('\n')))
      }
    }
  }
  for (const [key, writes] of Object.entries(saver.writes)) {
    for (const [innerKey, [taskId, channel, value, taskPath]] of Object.entries(writes)) {
      stored.push({ area: 'write', place: 'memory writes, value', bytes: value })
      stored.push(textBytes('key', 'memory writes, keys', [key, innerKey, taskId, channel, taskPath].join('\n')))
    }
  }
  return stored
}
