import { spawn } from 'node:child_process'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { TamperedVault } from './tampered-vault.js'

const TSX = path.resolve('node_modules/tsx/dist/cli.mjs')
const CHILD = path.resolve('test/ledger/crash-child.ts')

afterAll(() => TamperedVault.dispose())

/** Kills a process in the midst of its work, after so many claims. */
async function crash(vault: TamperedVault, claims: number): Promise<void> {
  // The process itself, not a parent that outlives the signal.
  const child = spawn(process.execPath, [
    '--import',
    TSX.replace('cli.mjs', 'loader.mjs'),
    CHILD,
    vault.file,
    vault.key,
  ])
  await new Promise<void>((resolve, reject) => {
    let done = 0
    child.stdout.on('data', (dots: Buffer) => {
      done += dots.length
      if (done >= claims) child.kill('SIGKILL')
    })
    child.once('exit', (code, signal) => (signal === 'SIGKILL' ? resolve() : reject(new Error(`exited with ${code}`))))
  })
}

it('finds a ledger intact whose writers were killed in the midst of their work', async () => {
  const vault = TamperedVault.create()
  await vault.write(2)
  for (const claims of [1, 7, 200]) await crash(vault, claims)
  const report = await vault.verify()
  expect(report).toMatchObject({ intact: true, writers: 4 })
  expect(report.records).toBeGreaterThan(400)
  await vault.seal()
  expect(await vault.verify()).toMatchObject({ intact: true, roots: 1 })
})
