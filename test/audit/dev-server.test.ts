import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { runAudit } from '../../src/audit/engine/run-audit.js'
import { expectExactly, newPlant, placeOf, plant } from './planted.js'

/** The dev server's own saver; the package does not export it. */
const MODULE = pathToFileURL(path.resolve('node_modules/@langchain/langgraph-api/dist/storage/checkpoint.mjs')).href

describe('an audit of what LangGraph’s development server keeps', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-test-'))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('finds all that was planted and nothing else in its file, which is base64 within JSON', async () => {
    const given = newPlant()
    const { checkpointer } = (await import(/* @vite-ignore */ MODULE)) as { checkpointer: never }
    const saver = checkpointer as Parameters<typeof plant>[0] & {
      initialize(cwd: string): Promise<{ flush(): Promise<void> }>
    }
    const file = await saver.initialize(directory)
    await plant(saver, 'thread-1', given, 2)
    await file.flush()
    for (const store of [directory, path.join(directory, '.langgraph_api/.langgraphjs_api.checkpointer.json')]) {
      const report = await runAudit({ config: {}, version: '0.0.0', store })
      expectExactly(report, given.all)
      expect(report).toMatchObject({ complete: true, warnings: [] })
      expect(report.sources[0]).toMatchObject({ threads: 1, checkpoints: 2 })
      expect(placeOf(report, given.prose)).toMatchObject({
        threadId: 'thread-1',
        channel: 'messages',
        path: [0, 'content'],
        message: { index: 0, id: 'm-1', role: 'user' },
        copies: 2,
      })
      expect(placeOf(report, given.inWrite)).toMatchObject({ kind: 'write', channel: 'answer' })
    }
  })
})
