import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base'
import { FAILED, type TalkScrubber } from './scrubber.js'

/**
 * A span processor that hands spans on to another one without their secrets: names, attributes, events (exceptions, stacks),
 * status and links. The span itself stays as it is: give every exporter its own.
 */
export function scrubSpans(processor: SpanProcessor, scrubber: TalkScrubber): SpanProcessor {
  return {
    onStart: (span, context) => processor.onStart(span, context),
    ...(processor.onEnding && { onEnding: (span) => processor.onEnding!(span) }),
    onEnd: (span) => processor.onEnd(scrubbed(span, scrubber)),
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  }
}

/** A view: what is not told here is the span's own, such as its times and ids. */
function scrubbed(span: ReadableSpan, scrubber: TalkScrubber): ReadableSpan {
  const record = <T>(value: T): T => asRecord(scrubber.value(value)) as T
  return Object.create(span, {
    name: { value: scrubber.text(span.name), enumerable: true },
    attributes: { value: record(span.attributes), enumerable: true },
    status: { value: record(span.status), enumerable: true },
    events: { value: span.events.map((event) => ({ ...event, ...named(event, scrubber) })), enumerable: true },
    links: { value: span.links.map((link) => ({ ...link, ...attributesOf(link, record) })), enumerable: true },
  }) as ReadableSpan
}

function named({ name, attributes }: ReadableSpan['events'][number], scrubber: TalkScrubber) {
  return {
    name: scrubber.text(name),
    ...attributesOf({ ...(attributes && { attributes }) }, (value) => asRecord(scrubber.value(value)) as never),
  }
}

function attributesOf<T extends { readonly attributes?: object }>(
  { attributes }: T,
  record: (value: object) => object,
): object {
  return attributes === undefined ? {} : { attributes: record(attributes) }
}

const asRecord = (value: unknown): object =>
  typeof value === 'object' && value !== null ? value : { redacted: FAILED }
