import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const DEMO = fileURLToPath(new URL('../../examples/demo/main.ts', import.meta.url))

describe('npm run demo', { timeout: 60_000 }, () => {
  it('shows a run on both savers and proves what it shows, without printing a token', async () => {
    const { code, output, left } = await demo()
    expect(output).toContain('✓ no byte of the wrapped store holds it')
    expect(output).not.toContain('✗')
    expect(output).toMatch(/mint +release-agent-1 for dana@example\.com +github-token/)
    expect(output).toMatch(/restore +release-agent-2 for dana@example\.com +github-token/)
    expect(output).toMatch(/ghp_\w{4}…/)
    expect(output.replace(/\s/g, '')).not.toMatch(/ghp_\w{5}/)
    expect(code).toBe(0)
    expect(left, 'directories left behind').toEqual([])
  })

  it('fails when nothing is sealed', async () => {
    const { code, output, left } = await demo('--writes', 'off')
    expect(output).toContain('✗ no byte of the wrapped store holds it')
    expect(output).toContain('The demo failed')
    expect(code).toBe(1)
    expect(left, 'directories left behind').toEqual([])
  })
})

/** Runs it as a newcomer would: no key and no vault in the environment. */
async function demo(...args: string[]): Promise<{ code: number; output: string; left: string[] }> {
  const { SECRET_SAFE_KEY, SECRET_SAFE_VAULT, FORCE_COLOR, ...env } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', DEMO, ...args], {
    env: { ...env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  const [code] = await once(child, 'close')
  const left = readdirSync(tmpdir()).filter((name) => name.startsWith(`secret-safe-demo-${child.pid}-`))
  return { code, output, left }
}
