import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BaseCheckpointSaver, MemorySaver } from '@langchain/langgraph-checkpoint'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { dumpMemory } from '../../src/testing/leak/dump/memory.js'
import { dumpSqlite, dumpSqliteFiles } from '../../src/testing/leak/dump/sqlite.js'
import type { LeakTarget } from '../../src/testing/leak/suite.js'

/** A saver of LangGraph's, with the store beneath it. */
export interface BareSaver<Saver extends BaseCheckpointSaver> extends LeakTarget {
  readonly checkpointer: Saver
}

export async function memorySaver(): Promise<BareSaver<MemorySaver>> {
  const checkpointer = new MemorySaver()
  return { checkpointer, dump: async () => dumpMemory(checkpointer), close: async () => {} }
}

export async function sqliteSaver(): Promise<BareSaver<SqliteSaver>> {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-test-'))
  const file = path.join(directory, 'checkpoints.db')
  const checkpointer = SqliteSaver.fromConnString(file)
  return {
    checkpointer,
    dump: async () => [...dumpSqlite(checkpointer.db), ...dumpSqliteFiles(file)],
    close: async () => {
      checkpointer.db.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
