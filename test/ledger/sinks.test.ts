import { createHmac } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  ClaimVault,
  KeyRing,
  type LedgerEntry,
  type LedgerSink,
  ndjsonSink,
  webhookAnchor,
  webhookSink,
} from '../../src/index.js'
import { Follower } from '../../src/ledger/sinks/follower.js'
import { SqliteClaimStore } from '../../src/sqlite.js'
import { MemoryClaimStore } from '../../src/vault/stores/memory.js'
import { configDir } from '../config/config-dir.js'
import { serve } from '../support/http-server.js'
import { opaqueSecret } from '../support/secrets.js'

const ALICE = { sub: 'alice' }

class RecordingSink implements LedgerSink {
  readonly name = 'recording'
  readonly seen: number[] = []
  down = false

  async deliver(entries: readonly LedgerEntry[]): Promise<void> {
    if (this.down) throw new Error('down')
    this.seen.push(...entries.map(({ seq }) => seq))
  }
}

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i)

async function handOff(vault: ClaimVault, times: number, secret = opaqueSecret): Promise<void> {
  for (let i = 0; i < times; i++) {
    const url = await vault.create(secret(), { threadId: 'T', principal: ALICE })
    await vault.claim(url, { principal: ALICE, threadId: 'T' })
  }
}

describe('a sink', () => {
  it('that was down, and a process that was restarted meanwhile, lose nothing and repeat nothing', async () => {
    const file = path.join(configDir({}), 'vault.db')
    const keys = new KeyRing(KeyRing.generate())
    const sink = new RecordingSink()
    const open = () =>
      ClaimVault.open({
        store: SqliteClaimStore.fromConnString(file),
        keys,
        sweep: 'manual',
        ledger: { sinks: [sink], sinkEveryMs: 5 },
      })
    const first = await open()
    await handOff(first, 2)
    await vi.waitFor(() => expect(sink.seen).toEqual(range(1, 4)))
    sink.down = true
    await handOff(first, 3)
    await first.close()
    const second = await open()
    await handOff(second, 1)
    expect(sink.seen).toEqual(range(1, 4))
    sink.down = false
    await handOff(second, 1)
    await second.close()
    expect(sink.seen).toEqual(range(1, 14))
  })

  it('holds up no call, however long it takes', async () => {
    const stuck: LedgerSink = { name: 'stuck', deliver: () => new Promise(() => undefined) }
    const keys = new KeyRing(KeyRing.generate())
    const ledger = { sinks: [stuck], sinkEveryMs: 1 }
    const vault = await ClaimVault.open({ store: new MemoryClaimStore(), keys, sweep: 'manual', ledger })
    await handOff(vault, 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    await handOff(vault, 1)
    expect(await vault.ledger()).toHaveLength(4)
  })

  it('gets what was stored late at a number that had been passed over', async () => {
    const entry = (seq: number): LedgerEntry => ({
      ...{ seq, at: Date.now(), writer: 'w', link: seq, mac: new Uint8Array(32) },
      ...{ operation: 'mint', outcome: 'ok', tenant: 'default', claims: [] },
    })
    const notes = new Map<string, string>()
    let stored = [entry(1), entry(2), entry(5)]
    const store = {
      readEvents: async ({ after = 0, limit = 1000 }) => stored.filter(({ seq }) => seq > after).slice(0, limit),
      acquireLock: async () => true,
      releaseLock: async () => undefined,
      readNote: async (name: string) => notes.get(name),
      writeNote: async (name: string, text: string) => void notes.set(name, text),
    }
    const sink = new RecordingSink()
    const options = { store, sink, tenant: 'default', everyMs: 1000, readClock: async () => Date.now() }
    await new Follower(options).catchUp()
    stored = [entry(1), entry(2), entry(4), entry(5), entry(6)]
    await new Follower(options).catchUp()
    stored = range(1, 6).map(entry)
    await new Follower(options).catchUp()
    await new Follower(options).catchUp()
    expect(sink.seen).toEqual([1, 2, 5, 4, 6, 3])
  })

  it("gets its own tenant's events alone", async () => {
    const store = new MemoryClaimStore()
    const keys = new KeyRing(KeyRing.generate())
    const sink = new RecordingSink()
    const acme = await ClaimVault.open({ store, keys, tenant: 'acme', sweep: 'manual', ledger: { sinks: [sink] } })
    const globex = await ClaimVault.open({ store, keys, tenant: 'globex', sweep: 'manual' })
    await handOff(globex, 2)
    await handOff(acme, 1)
    await acme.close()
    expect(sink.seen).toEqual([5, 6])
  })

  it('holds back a prune until it has been given what would go, unless told otherwise', async () => {
    let now = Date.now()
    const store = new MemoryClaimStore({ now: () => now })
    const sink = new RecordingSink()
    sink.down = true
    const ledger = { sinks: [sink], sinkEveryMs: 5 }
    const vault = await ClaimVault.open({ store, keys: new KeyRing(KeyRing.generate()), sweep: 'manual', ledger })
    onTestFinished(() => vault.close())
    await handOff(vault, 2)
    now += 120_000
    await vault.sealLedger()
    const prune = { before: now + 1, principal: ALICE }
    await vi.waitFor(async () => expect(await store.readNote('ledger-sinks')).toBeDefined())
    expect(await vault.pruneLedger(prune)).toBe(0)
    sink.down = false
    await vi.waitFor(() => expect(sink.seen).toHaveLength(4), { timeout: 5_000 })
    await vi.waitFor(async () => expect(await vault.pruneLedger(prune)).toBe(4))
    expect(await vault.verifyLedger()).toMatchObject({ intact: true, records: 1, pruned: 4 })
  })
})

describe('what goes to a sink', () => {
  it('is a line of JSON in a file that others cannot read, without any secret', async () => {
    const file = path.join(configDir({}), 'ledger.ndjson')
    const secret = opaqueSecret()
    const vault = await ClaimVault.open({
      store: new MemoryClaimStore(),
      keys: new KeyRing(KeyRing.generate()),
      sweep: 'manual',
      ledger: { sinks: [ndjsonSink(file)] },
    })
    await handOff(vault, 2, () => secret)
    await vault.close()
    const text = readFileSync(file, 'utf8')
    const events = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as LedgerEntry)
    expect(events.map(({ seq, operation }) => [seq, operation])).toEqual([
      [1, 'mint'],
      [2, 'claim'],
      [3, 'mint'],
      [4, 'claim'],
    ])
    expect(text).not.toContain(secret)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('begins a line of its own behind what a crash left half written', async () => {
    const file = path.join(configDir({ 'ledger.ndjson': '{"seq":1}\n{"seq":2,"opera' }), 'ledger.ndjson')
    writeFileSync(file, '{"seq":1}\n{"seq":2,"opera')
    const entry = {
      seq: 2,
      operation: 'mint',
      outcome: 'ok',
      tenant: 't',
      claims: [],
      mac: null,
      link: null,
      at: 1,
      writer: 'w',
    } as const
    await ndjsonSink(file).deliver([entry])
    const lines = readFileSync(file, 'utf8').split('\n')
    expect(lines).toHaveLength(4)
    expect(JSON.parse(lines[2]!)).toMatchObject({ seq: 2, operation: 'mint' })
  })

  it('is posted with a signature over id, time and body, and comes again after an answer of 500', async () => {
    const secret = opaqueSecret()
    const plaintext = opaqueSecret()
    const bodies: string[] = []
    let answers = 0
    const server = await serve(async (request) => {
      const body = await request.text()
      const [id, time, signature] = ['id', 'timestamp', 'signature'].map((name) =>
        request.headers.get(`webhook-${name}`),
      )
      const expected = createHmac('sha256', secret).update(`${id}.${time}.${body}`).digest('base64')
      if (signature !== `v1,${expected}`) return new Response(null, { status: 401 })
      bodies.push(body)
      return new Response(null, { status: answers++ === 0 ? 500 : 204 })
    })
    onTestFinished(() => server.close())
    const vault = await ClaimVault.open({
      store: new MemoryClaimStore(),
      keys: new KeyRing(KeyRing.generate()),
      sweep: 'manual',
      ledger: { sinks: [webhookSink({ url: server.url, secret })], sinkEveryMs: 10 },
    })
    await handOff(vault, 1, () => plaintext)
    await vi.waitFor(() => expect(bodies.length).toBeGreaterThanOrEqual(2))
    await vault.close()
    const seqs = bodies.map((body) => (JSON.parse(body) as { data: LedgerEntry[] }).data.map(({ seq }) => seq))
    expect(new Set(seqs.flat())).toEqual(new Set([1, 2]))
    expect(bodies.join()).not.toContain(plaintext)
  })

  it('is never named by an address, whose path may be a token: the name is stored', () => {
    const token = opaqueSecret()
    const options = { url: `https://hooks.example/${token}?key=${token}`, secret: opaqueSecret().repeat(2) }
    for (const { name } of [webhookSink(options), webhookAnchor(options)]) {
      expect(name).toMatch(/^webhook:hooks\.example:[0-9a-f]{16}$/)
    }
    expect(webhookSink(options).name).toBe(webhookSink({ ...options }).name)
    expect(webhookSink(options).name).not.toBe(webhookSink({ ...options, url: `${options.url}x` }).name)
  })

  it.each([
    ['an address without TLS', { url: 'http://example.com/', secret: 'x'.repeat(24) }],
    ['no address', { url: 'example', secret: 'x'.repeat(24) }],
    ['a short secret', { url: 'https://example.com/', secret: 'short' }],
  ])('goes to no webhook with %s, and the error quotes neither', (_, options) => {
    try {
      webhookSink(options)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'ERR_CONFIG_INVALID' })
      expect(String(error)).not.toContain(options.url)
      expect(String(error)).not.toContain(options.secret)
    }
  })
})
