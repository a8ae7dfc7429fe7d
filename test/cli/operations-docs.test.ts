import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing } from '../../src/index.js'
import { SqliteClaimStore } from '../../src/sqlite.js'
import { blocksOf } from '../repo/markdown.js'
import { opaqueSecret } from '../support/secrets.js'

const REPO = path.resolve('.')
const cwd = mkdtempSync(path.join(tmpdir(), 'secret-safe-operations-'))
const leaked = opaqueSecret()
const key = KeyRing.generate()
const commands = blocksOf('docs/operations.md')
  .filter(({ language }) => language === 'sh')
  .flatMap(({ code }) => code.trim().split('\n'))

beforeAll(async () => {
  const shim = path.join(cwd, 'secret-safe')
  writeFileSync(shim, `#!/bin/sh\nexec '${REPO}/node_modules/.bin/tsx' '${REPO}/src/cli/main.ts' "$@"\n`)
  chmodSync(shim, 0o755)
  const store = SqliteClaimStore.fromConnString(path.join(cwd, 'vault.db'))
  const vault = await ClaimVault.open({ store, keys: new KeyRing(key), sweep: 'manual' })
  await vault.create(leaked, { threadId: 'T1' })
  await vault.close()
  const saver = SqliteSaver.fromConnString(path.join(cwd, 'checkpoints.db'))
  await saver.getTuple({ configurable: { thread_id: 'T1' } })
  saver.db.close()
})

afterAll(() => rmSync(cwd, { recursive: true }))

describe('docs/operations.md', () => {
  it('has commands to try', () => {
    expect(commands.length).toBeGreaterThan(6)
  })

  it.each(commands)('shows a command that works: %s', async (command) => {
    const env = {
      PATH: `${cwd}:${process.env.PATH}`,
      HOME: cwd,
      USER: 'oncall',
      SECRET_SAFE_KEY: key,
      SECRET_SAFE_VAULT: 'vault.db',
      LEAKED: leaked,
    }
    const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
      execFile('bash', ['-uo', 'pipefail', '-c', command], { cwd, env }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, output: stdout + stderr }),
      )
    })
    // 1 says that a person should look: nobody has swept this vault yet.
    expect({ code, output }).toEqual({ code: expect.toBeOneOf([0, 1]), output: expect.not.stringContaining(leaked) })
    expect(output).not.toContain('secret-safe:')
  })
})
