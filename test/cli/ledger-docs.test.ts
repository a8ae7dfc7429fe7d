import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ClaimVault, fileAnchor, KeyRing, type LedgerOptions, ndjsonSink, webhookSink } from '../../src/index.js'
import { SqliteClaimStore } from '../../src/sqlite.js'
import { MemoryClaimStore } from '../../src/vault/stores/memory.js'
import { configDir } from '../config/config-dir.js'
import { blocksOf } from '../repo/markdown.js'
import { cli } from './cli.js'

const blocks = blocksOf('docs/ledger.md')
const commands = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ code }) => code.trimEnd().split('\n'))
  .filter((line) => line.startsWith('secret-safe '))

/** Keys come before what needs them, whatever the order of the page; what no vault of this age has fails with its reason. */
const order = (line: string): number => (line.includes('keygen') ? 0 : line.includes(' seal ') ? 1 : 2)

describe('docs/ledger.md', () => {
  it('shows commands that work', async () => {
    const cwd = configDir({ 'secret-safe.config.yml': 'vault: { address: vault.db }' })
    const key = KeyRing.generate()
    const store = SqliteClaimStore.fromConnString(path.join(cwd, 'vault.db'))
    const vault = await ClaimVault.open({ store, keys: new KeyRing(key), sweep: 'manual' })
    await vault.create('value', { threadId: 'T1', principal: { sub: 'alice' } })
    await vault.close()
    const failed: string[] = []
    for (const line of [...commands].sort((a, b) => order(a) - order(b))) {
      const { code, stderr } = await cli(cwd, line.split(' ').slice(1), { SECRET_SAFE_KEY: key })
      if (code !== 0) failed.push(`${line}: ${stderr}`)
    }
    // Nothing is old enough to be sealed, so there is no event 42, and no root in the file.
    expect(failed).toEqual([
      expect.stringMatching(/--anchor roots\.ndjson: .*roots\.ndjson could not be read \(ENOENT\)/),
      expect.stringMatching(/--seq 42: .*is not sealed yet/),
    ])
  })

  it('shows options that a vault opens with', async () => {
    const { code } = blocks.find(({ language }) => language === 'ts')!
    const body = code.replace(/^import .*\n/, '').replace('export const ledger: LedgerOptions =', 'return')
    const make = new Function('fileAnchor', 'ndjsonSink', 'webhookSink', 'process', body)
    const env = { LEDGER_WEBHOOK_SECRET: 'x'.repeat(24) }
    const ledger = make(fileAnchor, ndjsonSink, webhookSink, { env }) as LedgerOptions
    const offline = { ...ledger, sinks: [], anchors: [] }
    const keys = new KeyRing(KeyRing.generate())
    const vault = await ClaimVault.open({ store: new MemoryClaimStore(), keys, sweep: 'manual', ledger: offline })
    await vault.close()
    expect(ledger.sinks).toHaveLength(3)
    expect(ledger.anchors).toHaveLength(1)
  })
})
