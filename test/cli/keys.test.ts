import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { KeyRing } from '../../src/index.js'
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
