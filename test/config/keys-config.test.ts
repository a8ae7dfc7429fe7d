import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load-config.js'
import { validateConfig } from '../../src/config/validate.js'
import { configDir } from './config-dir.js'

const check = (vault: object) => () => validateConfig({ vault }, { name: 'test' })

describe('vault.keys and vault.keyStore', () => {
  it('name providers and a store; a relative file lies beside the configuration', () => {
    const cwd = configDir({ 'secret-safe.config.yml': 'vault: { keys: env, keyStore: keys.db }', 'below/file': '' })
    const { config } = loadConfig({ cwd: path.join(cwd, 'below'), env: {} })
    expect(config.vault).toEqual({ keys: 'env', keyStore: `sqlite:${path.join(cwd, 'keys.db')}` })
  })

  it('hold no PIN, no password and no key: the file is committed', () => {
    const word = ['user', 'word'].join(':')
    expect(check({ keys: 'pkcs11:token=t;object=o?pin-value=1234' })).toThrow('no PIN and no password')
    expect(check({ keys: `env transit+https://${word}@vault.example/transit/kek` })).toThrow('no PIN and no password')
    expect(check({ keyStore: `postgres://${word}@db/keys` })).toThrow('holds no password')
    expect(check({ key: 'anything' })).toThrow('holds no keys and no secrets')
    const address = 'pkcs11:token=t;object=o?module-path=/lib/x.so&pin-source=file:/run/pin'
    expect(check({ keys: address, keyStore: 'postgres://db/keys' })).not.toThrow()
  })
})
