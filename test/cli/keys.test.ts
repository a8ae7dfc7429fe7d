import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing } from '../../src/index.js'
import { SqliteClaimStore } from '../../src/sqlite.js'
import { configDir } from '../config/config-dir.js'
import { cli } from './cli.js'

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8)

describe('secret-safe keys init', () => {
  it('writes a key that only its owner may read, and says how to load it', async () => {
    const cwd = configDir({})
    const { code, stdout, stderr } = await cli(cwd, ['keys', 'init'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const file = path.join(cwd, '.secret-safe/key')
    expect(modeOf(file)).toBe('600')
    expect(modeOf(path.dirname(file))).toBe('700')
    expect(readFileSync(path.join(cwd, '.secret-safe/.gitignore'), 'utf8')).toBe('*\n')
    const key = readFileSync(file, 'utf8').trim()
    expect(stdout).toContain(await new KeyRing(key).currentId())
    expect(stdout).toContain('export SECRET_SAFE_KEY="$(cat ')
    expect(stdout).not.toContain(key)
    const ring = KeyRing.fromEnv({ SECRET_SAFE_KEY_FILE: file })
    expect(await ring.currentId()).toBe(await new KeyRing(key).currentId())
  })

  it('never overwrites a key: its vault could not be read any more', async () => {
    const cwd = configDir({ 'my.key': 'precious\n' })
    const { code, stdout, stderr } = await cli(cwd, ['keys', 'init', '--out', 'my.key'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^secret-safe: my\.key exists already\..* \(ERR_KEY_INVALID\)\n$/)
    expect(readFileSync(path.join(cwd, 'my.key'), 'utf8')).toBe('precious\n')
  })

  it('refuses a directory where anyone may replace the key', async () => {
    const cwd = configDir({})
    mkdirSync(path.join(cwd, 'open'))
    chmodSync(path.join(cwd, 'open'), 0o777)
    const { code, stderr } = await cli(cwd, ['keys', 'init', '--out', 'open/key'])
    expect(code).toBe(2)
    expect(stderr).toContain('Everyone may write to')
    expect(existsSync(path.join(cwd, 'open/key'))).toBe(false)
  })
})

describe('a key in a file', () => {
  it('is refused when others may read it', () => {
    const cwd = configDir({ key: KeyRing.generate() })
    const file = path.join(cwd, 'key')
    chmodSync(file, 0o640)
    expect(() => KeyRing.fromEnv({ SECRET_SAFE_KEY_FILE: file })).toThrow(/has mode 0640.*chmod 600/)
    chmodSync(file, 0o600)
    expect(() => KeyRing.fromEnv({ SECRET_SAFE_KEY_FILE: file })).not.toThrow()
  })

  it('is refused when it is missing, empty, or given beside SECRET_SAFE_KEY', () => {
    const cwd = configDir({ empty: '\n' })
    chmodSync(path.join(cwd, 'empty'), 0o600)
    expect(() => KeyRing.fromEnv({ SECRET_SAFE_KEY_FILE: path.join(cwd, 'none') })).toThrow('(ENOENT)')
    expect(() => KeyRing.fromEnv({ SECRET_SAFE_KEY_FILE: path.join(cwd, 'empty') })).toThrow('is not set')
    const both = { SECRET_SAFE_KEY_FILE: path.join(cwd, 'empty'), SECRET_SAFE_KEY: KeyRing.generate() }
    expect(() => KeyRing.fromEnv(both)).toThrow('both set')
  })
})

describe('secret-safe keys rotate, list and destroy-expired', () => {
  const [OLD, NEW] = [KeyRing.generate(), KeyRing.generate()]

  async function makeVault(): Promise<string> {
    const cwd = configDir({})
    const store = SqliteClaimStore.fromConnString(path.join(cwd, 'secret-safe.db'))
    const vault = await ClaimVault.open({ store, keys: new KeyRing(OLD), sweep: 'manual' })
    await vault.create('correct horse', { threadId: 'T1' })
    await vault.close()
    return cwd
  }

  it('rewraps under the current key, and lists what the old one is still needed for', async () => {
    const cwd = await makeVault()
    const env = { SECRET_SAFE_KEY: NEW, SECRET_SAFE_KEYS_OLD: OLD }
    const [oldId, newId] = await Promise.all([OLD, NEW].map((key) => new KeyRing(key).currentId()))
    const rotated = await cli(cwd, ['keys', 'rotate'], env)
    expect({ code: rotated.code, stderr: rotated.stderr }).toEqual({ code: 0, stderr: '1 of 2 keys\n2 of 2 keys\n' })
    expect(rotated.stdout).toContain(`2 keys rewrapped under ${newId}.\n`)
    const listed = await cli(cwd, ['keys', 'list', '--json'], env)
    const uses = listed.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(uses).toMatchObject([
      { kekId: newId, current: true, branchKeys: 1, namingKeys: 1 },
      { kekId: oldId, current: false, branchKeys: 0, namingKeys: 0 },
    ])
    expect((await cli(cwd, ['status'], { SECRET_SAFE_KEY: NEW })).code).toBe(0)
    const [event] = (await cli(cwd, ['ledger'], {})).stdout.split('\n').filter((line) => line.includes('rotate-keys'))
    expect(event).toContain(`to ${newId}`)
    expect(event).toContain('by=operator:')
  })

  it('says with exit code 1 which key it had to leave', async () => {
    const cwd = await makeVault()
    const store = SqliteClaimStore.fromConnString(path.join(cwd, 'secret-safe.db'))
    await store.setup()
    const [row] = await store.listBranchKeys()
    await store.rewrapBranchKey({ ...row!, wrapped: row!.wrapped.map((byte) => byte ^ 1) }, row!.wrapped)
    await store.close()
    const { code, stdout } = await cli(cwd, ['keys', 'rotate', '--json'], {
      SECRET_SAFE_KEY: NEW,
      SECRET_SAFE_KEYS_OLD: OLD,
    })
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ rewrapped: 1, left: [{ id: row!.id, reason: 'damaged' }] })
  })

  it('destroys nothing unless told twice, and says what it proves about backups', async () => {
    const cwd = await makeVault()
    const env = { SECRET_SAFE_KEY: OLD }
    const refused = await cli(cwd, ['keys', 'destroy-expired'], env)
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('cannot be undone')
    const done = await cli(cwd, ['keys', 'destroy-expired', '--yes'], env)
    expect(done.code).toBe(0)
    expect(done.stdout).toContain('This proves nothing about backups')
  })

  it('makes no key store where none is, and takes the claims’ own for none', async () => {
    const cwd = await makeVault()
    const list = (keyStore: string) =>
      cli(cwd, ['keys', 'list'], { SECRET_SAFE_KEY: OLD, SECRET_SAFE_KEY_STORE: keyStore })
    expect(await list('keys.db')).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no key store') })
    expect(existsSync(path.join(cwd, 'keys.db'))).toBe(false)
    const same = await list(path.join(cwd, 'secret-safe.db'))
    expect(same).toMatchObject({ code: 2, stderr: expect.stringContaining('is the claim store') })
  })

  it('prints neither a key nor where a PIN or a token went wrong', async () => {
    const cwd = await makeVault()
    const pin = KeyRing.generate()
    const address = 'pkcs11:token=none;object=kek?module-path=/nowhere.so'
    const { code, stdout, stderr } = await cli(cwd, ['keys', 'list'], {
      SECRET_SAFE_KEY_PROVIDER: address,
      SECRET_SAFE_PKCS11_PIN: pin,
    })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    // The second where the driver is not built.
    expect(stderr).toMatch(/\(ERR_(?:KEY|DEPENDENCY)_/)
    expect(stderr).not.toContain(pin)
  })
})
