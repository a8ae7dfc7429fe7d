import { metrics, SpanStatusCode, trace } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ClaimVault, KeyRing, type LedgerEntry, toCloudEvent, toOcsf } from '../../src/index.js'
import { MemoryClaimStore } from '../../src/vault/stores/memory.js'
import { opaqueSecret } from '../support/secrets.js'

const ENTRY: LedgerEntry = {
  seq: 7,
  at: Date.UTC(2026, 0, 31),
  writer: 'w-1',
  link: 3,
  mac: new Uint8Array(32),
  operation: 'claim',
  outcome: 'denied',
  reason: 'spent',
  tenant: 'acme',
  threadId: 'T1',
  runId: 'R1',
  sub: 'alice',
  act: 'agent',
  claims: ['c-1'],
  count: 4,
}

describe('an exported event', () => {
  it('has every attribute that OCSF 1.3.0 requires of API Activity', () => {
    expect(toOcsf(ENTRY, 'vault-1')).toMatchObject({
      activity_id: 2,
      actor: { user: { uid: 'alice' }, app_name: 'agent' },
      api: { operation: 'claim' },
      category_uid: 6,
      class_uid: 6003,
      metadata: { version: '1.3.0', product: { name: 'langgraph-secret-safe' }, uid: 'vault-1:7' },
      severity_id: 3,
      src_endpoint: { uid: 'w-1' },
      status_id: 2,
      status_detail: 'spent',
      time: ENTRY.at,
      type_uid: 600302,
    })
  })

  it('is a CloudEvent of version 1.0, which source and id tell apart from any other', () => {
    expect(toCloudEvent(ENTRY, 'vault-1')).toMatchObject({
      specversion: '1.0',
      id: '7',
      source: '/secret-safe/vaults/vault-1',
      type: 'secret-safe.ledger.claim',
      time: '2026-01-31T00:00:00.000Z',
      datacontenttype: 'application/json',
      data: { seq: 7, outcome: 'denied', claims: ['c-1'] },
    })
  })
})

describe('OpenTelemetry', () => {
  const spans = new InMemorySpanExporter()
  const measured = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter: measured, exportIntervalMillis: 3_600_000 })

  beforeAll(() => {
    new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }).register()
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))
  })
  afterAll(async () => {
    await reader.shutdown()
    trace.disable()
    metrics.disable()
  })

  async function openVault(store = new MemoryClaimStore()): Promise<ClaimVault> {
    const keys = new KeyRing(KeyRing.generate())
    return ClaimVault.open({ store, keys, sweep: 'manual', ledger: { telemetry: true } })
  }

  it("shows each operation as a span within the caller's own, with ids and never a value", async () => {
    const vault = await openVault()
    const secret = opaqueSecret()
    const principal = { sub: 'alice' }
    await trace.getTracer('test').startActiveSpan('caller', async (caller) => {
      const url = await vault.create(secret, { threadId: 'T', principal })
      await vault.claim(url, { principal, threadId: 'T' })
      caller.end()
    })
    const finished = spans.getFinishedSpans()
    const caller = finished.find(({ name }) => name === 'caller')!
    const claim = finished.find(({ name }) => name === 'secret-safe claim')!
    expect(finished.map(({ name }) => name)).toContain('secret-safe mint')
    expect(claim.parentSpanContext?.spanId).toBe(caller.spanContext().spanId)
    expect(claim.attributes).toMatchObject({ 'secret_safe.operation': 'claim', 'secret_safe.sub': 'alice' })
    expect(
      JSON.stringify(finished.map(({ attributes, events, status }) => [attributes, events, status])),
    ).not.toContain(secret)
    await reader.forceFlush()
    const points = measured
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics)
      .flatMap((scope) => scope.metrics)
    const counter = points.find(({ descriptor }) => descriptor.name === 'secret_safe.ledger.events')!
    const claimed = counter.dataPoints.find(({ attributes }) => attributes.operation === 'claim')
    expect(claimed).toMatchObject({ value: 1, attributes: { outcome: 'ok' } })
    expect(points.map(({ descriptor }) => descriptor.name)).toContain('secret_safe.commit.duration')
  })

  it('says of a failure no more than its code: the message of a foreign error may quote anything', async () => {
    const store = new MemoryClaimStore()
    const vault = await openVault(store)
    const secret = opaqueSecret()
    store.commit = () => Promise.reject(new Error(`cannot store ${secret}`))
    await expect(vault.create('x', { threadId: 'T' })).rejects.toThrow()
    const failed = spans.getFinishedSpans().at(-1)!
    expect(failed.status).toEqual({ code: SpanStatusCode.ERROR, message: 'unexpected' })
    expect(JSON.stringify([failed.attributes, failed.events])).not.toContain(secret)
  })
})
