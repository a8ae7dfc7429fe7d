import { randomBytes } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { detectorOf } from '../../src/config/detector-of.js'
import { loadConfig } from '../../src/config/load-config.js'
import { fillTemplate } from '../../src/testing/templates.js'
import { configDir } from '../config/config-dir.js'
import { cli } from './cli.js'

const newKey = (): string => randomBytes(32).toString('base64')
const print = (input: string, env: Record<string, string>, args: readonly string[] = []) =>
  cli(configDir({}), ['fingerprint', ...args], env, input)

describe('secret-safe fingerprint', () => {
  it('prints an entry that lets the secret stay, in whatever encoding, and no other', async () => {
    const key = newKey()
    const [token, other] = [fillTemplate('{{token:github-pat}}'), fillTemplate('{{token:github-pat}}')]
    const args = ['--reason', 'opens a "sandbox"', '--until', '2999-12-31']
    const { code, stdout, stderr } = await print(`${token}\n`, { SECRET_SAFE_FINGERPRINT_KEY: key }, args)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).not.toContain(token)
    const entry = stdout.replace(/^/gm, '    ')
    const { config } = loadConfig({
      cwd: configDir({ 'secret-safe.config.yml': `detector:\n  allow:\n${entry}` }),
      env: {},
    })
    expect(config.detector!.allow).toMatchObject([{ reason: 'opens a "sandbox"', until: '2999-12-31' }])

    vi.stubEnv('SECRET_SAFE_FINGERPRINT_KEY', key)
    const detector = detectorOf(config)
    expect(detector.scanText(`${token} and ${Buffer.from(token).toString('base64')}`)).toEqual([])
    expect(detector.scanText(other)).toHaveLength(1)
    vi.stubEnv('SECRET_SAFE_FINGERPRINT_KEY', newKey())
    expect(() => detectorOf(config)).toThrow(/made with key [0-9a-f]{8}, but SECRET_SAFE_FINGERPRINT_KEY is key/)
    vi.stubEnv('SECRET_SAFE_FINGERPRINT_KEY', '')
    expect(() => detectorOf(config)).toThrow(/SECRET_SAFE_FINGERPRINT_KEY is not set/)
    vi.unstubAllEnvs()
  })

  it('asks for a reason in what it prints, which is refused without one', async () => {
    const { stdout } = await print('abcdefgh', { SECRET_SAFE_FINGERPRINT_KEY: newKey() })
    const entry = stdout.replace(/^/gm, '    ')
    const cwd = configDir({ 'secret-safe.config.yml': `detector:\n  allow:\n${entry}` })
    expect(() => loadConfig({ cwd, env: {} })).toThrow(/allow\.0\.reason: expected a non-empty string/)
  })

  it.each([
    ['no key', 'abcdefgh', {}, /SECRET_SAFE_FINGERPRINT_KEY is not set.*\(ERR_KEY_INVALID\)/],
    ['a short key', 'abcdefgh', { SECRET_SAFE_FINGERPRINT_KEY: 'aGk=' }, /is not a key of 32 random bytes/],
    ['no secret', '', { SECRET_SAFE_FINGERPRINT_KEY: newKey() }, /Standard input is empty/],
    ['too much', 'x'.repeat(70_000), { SECRET_SAFE_FINGERPRINT_KEY: newKey() }, /holds over 65536 bytes/],
  ])('fails with %s, and prints nothing', async (_, input, env, message) => {
    const { code, stdout, stderr } = await print(input, env as Record<string, string>)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })

  it('takes no secret as an argument, and does not repeat it', async () => {
    const token = fillTemplate('{{token:github-pat}}')
    const { code, stderr } = await print('', { SECRET_SAFE_FINGERPRINT_KEY: newKey() }, [token])
    expect(code).toBe(2)
    expect(stderr).not.toContain(token)
  })
})
