import type { Attributes, Span, Tracer } from '@opentelemetry/api'
import { SecretSafeError } from '../errors.js'
import type { LedgerEvent } from './event.js'

const NAME = 'langgraph-secret-safe'

/** Watches what is written to the ledger, in the caller's own context. */
export interface LedgerTelemetry {
  /** Runs `work`, which stores the events; whatever it throws or gives passes through. */
  around<Result extends { readonly committed: boolean }>(
    events: readonly LedgerEvent[],
    work: () => Promise<Result>,
  ): Promise<Result>
}

/**
 * Spans, span events and metrics by `@opentelemetry/api`, with ids and names only. Undefined when it is not installed;
 * without an SDK it does nothing.
 */
export async function openTelemetry(): Promise<LedgerTelemetry | undefined> {
  const api = await import('@opentelemetry/api').catch(() => undefined)
  if (api === undefined) return undefined
  const tracer: Tracer = api.trace.getTracer(NAME)
  const meter = api.metrics.getMeter(NAME)
  const stored = meter.createCounter('secret_safe.ledger.events', {
    description: 'Events stored in the ledger, by operation and outcome',
  })
  const duration = meter.createHistogram('secret_safe.commit.duration', {
    description: 'Time to store a change of claims together with its events',
    unit: 'ms',
  })
  const finish = (span: Span, events: readonly LedgerEvent[], startedMs: number, committed: boolean) => {
    if (committed) {
      for (const event of events) {
        const { operation, outcome, count = 1 } = event
        stored.add(count, { operation, outcome })
        span.addEvent(`secret-safe ${operation}`, attributesOf(event))
      }
    }
    duration.record(performance.now() - startedMs, { operation: operationOf(events), committed })
    span.end()
  }
  return {
    around: (events, work) =>
      tracer.startActiveSpan(`secret-safe ${operationOf(events)}`, async (span) => {
        const startedMs = performance.now()
        if (events[0] !== undefined) span.setAttributes(attributesOf(events[0]))
        let committed = false
        try {
          const result = await work()
          committed = result.committed
          return result
        } catch (error) {
          // Nothing but the code: the message of a foreign error may quote what it was given.
          const code = error instanceof SecretSafeError ? error.code : 'unexpected'
          span.setStatus({ code: api.SpanStatusCode.ERROR, message: code })
          throw error
        } finally {
          finish(span, events, startedMs, committed)
        }
      }),
  }
}

const operationOf = (events: readonly LedgerEvent[]): string => events[0]?.operation ?? 'commit'

function attributesOf(event: LedgerEvent): Attributes {
  const { operation, outcome, reason, tenant, threadId, runId, sub, act, claims, rules, channels } = event
  const named = {
    operation,
    outcome,
    reason,
    tenant,
    thread_id: threadId,
    run_id: runId,
    sub,
    act,
    claims: [...claims],
    rules: rules && [...rules],
    channels: channels && [...channels],
  }
  const known = Object.entries(named).filter(([, value]) => value !== undefined)
  return Object.fromEntries(known.map(([key, value]) => [`secret_safe.${key}`, value])) as Attributes
}
