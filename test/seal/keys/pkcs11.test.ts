import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ClaimVault, keyProviderFrom, MemoryClaimStore, Pkcs11Keys } from '../../../src/index.js'
import { utf8 } from '../../../src/seal/bytes.js'
import { parsePkcs11Uri } from '../../../src/seal/keys/pkcs11-uri.js'
import { configDir } from '../../config/config-dir.js'
import { type SoftToken, softToken, softTokenSkip } from '../../services/softhsm.js'

const CONTEXT = utf8('context')
describe.skipIf(softTokenSkip !== '')(`Pkcs11Keys, on softhsm2${softTokenSkip}`, () => {
  let token: SoftToken
  beforeAll(() => {
    token = softToken(['kek', 'old', 'old'])
  })
  afterAll(() => token.dispose())

  it('keeps a vault whose key never leaves the token', async () => {
    const keys = new Pkcs11Keys({ ...token, object: 'kek' })
    const vault = await ClaimVault.open({ store: new MemoryClaimStore(), keys, sweep: 'manual' })
    const url = await vault.create('value', { threadId: 'thread-1' })
    expect(await vault.claim(url, { principal: { sub: 'bob' }, threadId: 'thread-1' })).toBe('value')
    expect((await vault.keysInUse())[0]).toMatchObject({ kekId: `pkcs11:${token.token}/a000`, branchKeys: 1 })
    await vault.close()
  })

  it('says "retry" while the token is away, and goes on by itself when it is back', async () => {
    const keys = new Pkcs11Keys({ ...token, object: 'kek' })
    const key = randomBytes(32)
    const wrapped = await keys.wrap(key, CONTEXT)
    token.unplug()
    try {
      await expect(keys.unwrap(wrapped, CONTEXT)).rejects.toMatchObject({ code: 'ERR_KEY_PROVIDER', retryable: true })
      await expect(keys.wrap(key, CONTEXT)).rejects.toMatchObject({ code: 'ERR_KEY_PROVIDER', retryable: true })
    } finally {
      token.plugIn()
    }
    expect(Buffer.from((await keys.unwrap(wrapped, CONTEXT))!).equals(key)).toBe(true)
    await keys.close()
  })

  it('tries a refused PIN once: after a few tries a token locks itself', async () => {
    let asked = 0
    const pin = () => {
      asked += 1
      return '00000000'
    }
    const keys = new Pkcs11Keys({ ...token, object: 'kek', pin })
    for (let i = 0; i < 12; i++) {
      await expect(keys.wrap(randomBytes(32), CONTEXT)).rejects.toMatchObject({ code: 'ERR_KEY_INVALID' })
    }
    expect(asked).toBe(1)
    // A login holds for the whole process until its last session ends.
    const right = new Pkcs11Keys({ ...token, object: 'kek' })
    expect(await right.currentId()).toContain(token.token)
    await right.close()
  })

  it('says nothing of its PIN in an error or a log line', async () => {
    const pin = String(Number(token.pin) + 1)
    const keys = new Pkcs11Keys({ ...token, object: 'kek', pin })
    const error = await keys.wrap(randomBytes(32), CONTEXT).catch((caught: unknown) => caught)
    const shown = [error, keys]
      .map((it) => `${inspect(it, { depth: 9, showHidden: true })}${JSON.stringify(it)}`)
      .join()
    expect(shown).toContain('CKR_PIN_INCORRECT')
    expect(shown).not.toContain(pin)
  })

  it('must name one key: of two with a label, the id decides', async () => {
    await expect(new Pkcs11Keys({ ...token, object: 'old' }).currentId()).rejects.toThrow('names 2 AES keys')
    await expect(new Pkcs11Keys({ ...token, object: 'none' }).currentId()).rejects.toThrow('names 0 AES keys')
    expect(await new Pkcs11Keys({ ...token, object: 'old', id: 'a002' }).currentId()).toBe(`pkcs11:${token.token}/a002`)
  })

  it('asks no token about a key of another provider, which may be all that is needed now', async () => {
    const keys = new Pkcs11Keys({ ...token, modulePath: '/nowhere.so', object: 'kek' })
    expect(await keys.unwrap({ keyId: 'somebody else', bytes: new Uint8Array(60) }, CONTEXT)).toBeNull()
    await expect(keys.currentId()).rejects.toMatchObject({ code: 'ERR_KEY_PROVIDER', retryable: true })
  })

  it('is found by its RFC 7512 address, with the PIN from a file', async () => {
    const file = path.join(configDir({}), 'pin')
    writeFileSync(file, `${token.pin}\n`)
    const address = `pkcs11:token=${token.token};id=%a0%00;type=secret-key?module-path=${token.modulePath}&pin-source=file:${file}`
    const keys = keyProviderFrom(undefined, { SECRET_SAFE_KEY_PROVIDER: address })
    expect(await keys.unwrap(await keys.wrap(randomBytes(32), CONTEXT), CONTEXT)).toBeInstanceOf(Uint8Array)
  })
})

describe('a PKCS#11 address', () => {
  it('is read by bytes, percent signs undone', () => {
    const uri = 'pkcs11:token=My%20token;object=k%C3%A9k;id=%00%FFa?module-path=/lib/a%20b.so'
    expect(parsePkcs11Uri(uri, { SECRET_SAFE_PKCS11_PIN: 'p' })).toEqual({
      modulePath: '/lib/a b.so',
      token: 'My token',
      object: 'kék',
      id: '00ff61',
      pin: 'p',
    })
  })

  it('holds no PIN: addresses stand in configuration files and process lists', () => {
    expect(() => parsePkcs11Uri('pkcs11:token=t;object=o?pin-value=1234', {})).toThrow('holds no PIN')
  })

  it('is refused with what it does not know: a slip would choose another key', () => {
    for (const uri of [
      'pkcs11:tokem=t',
      'pkcs11:token=a;token=b',
      'pkcs11:token=t?pin-sauce=x',
      'pkcs11:type=private',
    ]) {
      expect(() => parsePkcs11Uri(uri, {})).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }))
    }
  })
})
