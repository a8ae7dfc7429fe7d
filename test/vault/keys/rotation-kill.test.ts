import { spawn } from 'node:child_process'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { KeyRing } from '../../../src/index.js'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { temporaryVaults } from '../stores/temporary-vaults.js'
import { BOB, fill, openVault, ringOf, THREAD } from './vaults.js'

const vaults = temporaryVaults()
afterEach(() => vaults.dispose())

/** Starts a rotation in a real process, and kills it with SIGKILL once it has rewrapped this many keys. */
async function rotateAndKill(file: string, env: Record<string, string>, after: number): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', path.resolve('test/vault/keys/rotation-child.ts'), file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    if (output.split('rewrapped').length - 1 >= after) child.kill('SIGKILL')
  })
  await new Promise((resolve) => child.once('close', resolve))
  return output
}

describe('a rotation that was killed', () => {
  it('has lost no key, and the next one finishes it', async () => {
    const [OLD, NEW] = [KeyRing.generate(), KeyRing.generate()]
    const file = vaults.file()
    const open = () => SqliteClaimStore.fromConnString(file)
    const made = await fill({ store: open(), keys: new KeyRing(OLD) }, 30)
    const store = open()
    await store.setup()

    for (const after of [1, 9]) {
      expect(await rotateAndKill(file, { OLD, NEW }, after)).not.toContain('done')
      const kekIds = new Set((await store.listBranchKeys()).map(({ kekId }) => kekId))
      expect(kekIds.size).toBe(2)
      // Half the keys under the old KEK, half under the new: every claim opens all the same.
      for (const { tenant, url, value } of made) {
        const vault = await openVault({ store: open(), keys: ringOf(OLD, NEW), tenant })
        expect(await vault.claim(url, { principal: BOB, threadId: THREAD })).toBe(value)
        await vault.close()
      }
    }

    const vault = await openVault({ store: open(), keys: ringOf(OLD, NEW) })
    const before = (await vault.keysInUse()).find(({ current }) => !current)!.branchKeys
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(30)
    expect(await vault.rotateKeys()).toMatchObject({ rewrapped: before, left: [] })
    await vault.close()
    await store.close()

    for (const { tenant, url, value } of made) {
      const after = await openVault({ store: open(), keys: new KeyRing(NEW), tenant })
      expect(await after.claim(url, { principal: BOB, threadId: THREAD })).toBe(value)
      await after.close()
    }
  })
})
