import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runAudit } from '../../src/audit/engine/run-audit.js'
import type { AuditReport } from '../../src/audit/report.js'
import { FixHarness } from '../audit/fix/harness.js'
import { expectExactly, newSecrets, type Planted, placeOf } from '../audit/planted.js'
import { embeddedBinaries, type PostgresCluster, startCluster, systemBinaries } from '../services/postgres-cluster.js'
import { REPO } from './pack.js'

/** With the releases of their peers that they were published for. */
const SQLITE = [
  { saver: '0.1.1', checkpoint: '0.0.12', core: '0.3.40' },
  { saver: '0.2.2', checkpoint: '0.1.1', core: '0.3.78' },
  { saver: '1.0.0', checkpoint: '1.0.0', core: '1.0.1' },
] as const
const POSTGRES = [
  { saver: '0.0.1', checkpoint: '0.0.12', core: '0.3.40' },
  { saver: '0.1.0', checkpoint: '0.1.1', core: '0.3.78' },
  { saver: '1.0.0', checkpoint: '1.0.0', core: '1.0.1' },
] as const

/** Two checkpoints of a thread, with `metadata.writes` as graphs wrote it then, and what a task wrote. */
const WRITE = `
import { HumanMessage } from '@langchain/core/messages'
import { emptyCheckpoint, uuid6 } from '@langchain/langgraph-checkpoint'
const [kind, target, ...secrets] = process.argv.slice(2)
const module = await import('@langchain/langgraph-checkpoint-' + kind)
const saver = kind === 'sqlite' ? module.SqliteSaver.fromConnString(target) : module.PostgresSaver.fromConnString(target)
if (kind === 'postgres') await saver.setup()
let config = { configurable: { thread_id: 'old-thread', checkpoint_ns: '' } }
const channel_values = { messages: [new HumanMessage({ id: 'm-1', content: 'use ' + secrets[0] })], deep: { a: [{ b: secrets[1] }] }, map: new Map([['k', secrets[2]]]) }
const channel_versions = { messages: 1, deep: 1, map: 1 }
for (const step of [0, 1]) {
  const checkpoint = { ...emptyCheckpoint(), id: uuid6(step), channel_values, channel_versions }
  const metadata = { source: 'loop', step, parents: {}, writes: { login: { note: secrets[3] } } }
  config = await saver.put(config, checkpoint, metadata, step === 0 ? channel_versions : {})
}
await saver.putWrites(config, [['answer', { text: secrets[4] }]], '7b0c2c1e-0000-4000-8000-000000000001')
if (kind === 'postgres') await saver.end()
`

type Versions = (typeof SQLITE)[number] | (typeof POSTGRES)[number]

interface OpenSaver {
  readonly saver: SqliteSaver | PostgresSaver
  close(): Promise<void>
}

describe('what published releases of the savers stored', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-old-'))
  let cluster: PostgresCluster

  beforeAll(async () => {
    cluster = await startCluster((await embeddedBinaries()) ?? systemBinaries()!)
  })
  afterAll(async () => {
    await cluster.stop()
    rmSync(directory, { recursive: true, force: true })
  })

  /** Writes a store with a release of its own in a process of its own. */
  const write = (
    kind: 'sqlite' | 'postgres',
    { saver, checkpoint, core }: Versions,
    target: string,
    secrets: readonly Planted[],
  ) => {
    const folder = path.join(directory, `${kind}-${saver}`)
    mkdirSync(folder)
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }')
    writeFileSync(path.join(folder, 'write.mjs'), WRITE)
    const packages = [
      `@langchain/langgraph-checkpoint-${kind}@${saver}`,
      `@langchain/langgraph-checkpoint@${checkpoint}`,
      `@langchain/core@${core}`,
    ]
    // The driver that is built already: an old one would have to be compiled.
    const options = ['--no-audit', '--no-fund', '--legacy-peer-deps', '--ignore-scripts']
    execFileSync('npm', ['install', ...options, ...packages], { cwd: folder, stdio: 'pipe' })
    const driver = path.join(folder, 'node_modules/better-sqlite3')
    if (existsSync(driver)) {
      rmSync(driver, { recursive: true })
      symlinkSync(path.join(REPO, 'node_modules/better-sqlite3'), driver)
    }
    execFileSync(process.execPath, ['write.mjs', kind, target, ...secrets.map(({ secret }) => secret)], {
      cwd: folder,
      stdio: 'pipe',
    })
  }

  const expectAll = (report: AuditReport, secrets: readonly Planted[], layout: string) => {
    expectExactly(report, secrets)
    expect(report).toMatchObject({
      complete: true,
      warnings: [],
      sources: [{ layout, threads: 1, checkpoints: 2, unreadable: 0 }],
    })
    const [prose, deep, map, inMetadata, inWrite] = secrets
    expect(placeOf(report, prose!)).toMatchObject({
      threadId: 'old-thread',
      channel: 'messages',
      path: [0, 'content'],
      message: { index: 0, role: 'user' },
    })
    expect(placeOf(report, deep!)).toMatchObject({ channel: 'deep', path: ['a', 0, 'b'] })
    expect(placeOf(report, map!)).toMatchObject({ channel: 'map', path: ['k'] })
    expect(placeOf(report, inMetadata!)).toMatchObject({
      kind: 'metadata',
      node: 'login',
      path: ['writes', 'login', 'note'],
    })
    expect(placeOf(report, inWrite!)).toMatchObject({ kind: 'write', channel: 'answer' })
  }

  /** With a fresh audit that finds nothing; the saver of today then reads it, and each secret is back. */
  const expectFixed = async (store: string, secrets: readonly Planted[], open: () => Promise<OpenSaver>) => {
    const harness = await FixHarness.open({ address: store })
    const { left, plan } = await harness.fix()
    expect(left).toEqual([])
    expect(plan.copies).toBeGreaterThanOrEqual(secrets.length)
    const { saver, close } = await open()
    const bare = JSON.stringify(await saver.getTuple({ configurable: { thread_id: 'old-thread' } }))
    const tuple = await harness.wrap(saver).getTuple({ configurable: { thread_id: 'old-thread' } })
    await close()
    const [prose, deep, map, inMetadata, inWrite] = secrets.map(({ secret }) => secret)
    for (const secret of [prose, deep, map, inMetadata, inWrite]) expect(bare).not.toContain(secret)
    const { messages, deep: value, map: entries } = tuple!.checkpoint.channel_values
    expect((messages as { content: string }[])[0]!.content).toBe(`use ${prose}`)
    expect(value).toEqual({ a: [{ b: deep }] })
    expect(entries).toEqual(new Map([['k', map]]))
    expect(tuple!.metadata).toMatchObject({ writes: { login: { note: inMetadata } } })
    expect(tuple!.pendingWrites?.[0]?.[2]).toEqual({ text: inWrite })
    expect(await harness.undo()).toMatchObject({ changed: 0, lost: 0 })
    await harness.close()
  }

  it.each(SQLITE)('checkpoint-sqlite $saver is audited, and fixed', async (versions) => {
    const secrets = newSecrets(5)
    const store = path.join(directory, `${versions.saver}.db`)
    write('sqlite', versions, store, secrets)
    expectAll(await runAudit({ config: {}, version: '0', store }), secrets, 'langgraph-js sqlite')
    await expectFixed(store, secrets, async () => {
      const saver = SqliteSaver.fromConnString(store)
      return { saver, close: async () => void saver.db.close() }
    })
    expectAll(await runAudit({ config: {}, version: '0', store }), secrets, 'langgraph-js sqlite')
  })

  it.each(POSTGRES)('checkpoint-postgres $saver is audited, and fixed', async (versions) => {
    const secrets = newSecrets(5)
    const database = `old_${versions.saver.replaceAll('.', '_')}`
    const { default: pg } = await import('pg')
    const client = new pg.Client(cluster.url)
    await client.connect()
    await client.query(`CREATE DATABASE ${database}`)
    await client.end()
    const store = cluster.url.replace(/\/postgres$/, `/${database}`)
    write('postgres', versions, store, secrets)
    expectAll(await runAudit({ config: {}, version: '0', store }), secrets, 'langgraph-js postgres')
    await expectFixed(store, secrets, async () => {
      const saver = PostgresSaver.fromConnString(store)
      return { saver, close: () => saver.end() }
    })
    expectAll(await runAudit({ config: {}, version: '0', store }), secrets, 'langgraph-js postgres')
  })
})
