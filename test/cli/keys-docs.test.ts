import { execFile } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { configDir } from '../config/config-dir.js'
import { blocksOf } from '../repo/markdown.js'

const TSX = path.resolve('node_modules/tsx/dist/cli.mjs')
const blocks = blocksOf('docs/keys.md')
const [rotate, destroy] = blocks.filter(({ language }) => language === 'sh').map(({ code }) => code)
const [example] = blocks.filter(({ language }) => language === 'ts').map(({ code }) => code)

/** The commands as they stand, with the package's command taken from `src`. */
function shell(cwd: string, script: string): Promise<{ readonly code: number; readonly output: string }> {
  const shim = `npx() { shift; node '${TSX}' '${path.resolve('src/cli/main.ts')}' "$@"; }\nset -e\n`
  const env = { PATH: process.env.PATH ?? '', HOME: cwd }
  return new Promise((resolve) => {
    execFile('/bin/bash', ['-c', shim + script], { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    )
  })
}

const withSource = (code: string): string =>
  code
    .replace("'langgraph-secret-safe'", `'${path.resolve('src/index.ts')}'`)
    .replace("'langgraph-secret-safe/sqlite'", `'${path.resolve('src/sqlite.ts')}'`)

describe('docs/keys.md', () => {
  it('shows a rotation that works, on a vault whose claim then opens without the old key', async () => {
    const beside = withSource(example!)
      .replace(/^.*keyStore.*\n/m, '')
      .replace('vault.db', 'secret-safe.db')
    const cwd = configDir({ 'example.mts': beside })
    const before = `npx secret-safe keys init --out old.key\nexport SECRET_SAFE_KEY_FILE=old.key\nnode '${TSX}' example.mts\n`
    const { code, output } = await shell(cwd, before + rotate)
    expect({ code, output }).toMatchObject({ code: 0 })
    expect(output).toMatch(/2 keys rewrapped under [0-9a-f]{16}\./)
    expect(output).toMatch(/current {2}[0-9a-f]{16} {2}wraps the naming keys, 1 branch key/)
    expect(output).toMatch(/old {6}[0-9a-f]{16} {2}wraps the start of \d ledger chains?\n/)
    expect(output).toMatch(/key {6}[0-9a-f]{16} \(current\)/)
  }, 60_000)

  it('shows a key store of its own, and how its keys are destroyed', async () => {
    const cwd = configDir({ 'example.mts': withSource(example!) })
    const before = `npx secret-safe keys init --out old.key\nexport SECRET_SAFE_KEY_FILE=old.key\nnode '${TSX}' example.mts\n`
    const { code, output } = await shell(cwd, before + destroy)
    expect({ code, output }).toMatchObject({ code: 0 })
    expect(output).toContain('branchKeys: 1,')
    expect(output).toContain('besideClaims: 0,')
    expect(output).toMatch(/0 keys of windows before [\d-]+ would be destroyed/)
    expect(output).toContain('Backups of the key store')
  }, 60_000)
})
