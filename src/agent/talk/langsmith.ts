import type { TalkScrubber } from './scrubber.js'

type Values = Record<string, unknown>

/** Of LangSmith's `Client`: inputs, outputs, metadata and errors. */
export interface AnonymizerOptions {
  readonly anonymizer: (values: Values) => Values
}

/** `new Client({ ...langsmithAnonymizer(scrubber) })`. Names, tags and what a model was called with go by: see `scrubTracing`. */
export function langsmithAnonymizer(scrubber: TalkScrubber): AnonymizerOptions {
  return {
    anonymizer: (values) => {
      const scrubbed = scrubber.value(values)
      return typeof scrubbed === 'object' && scrubbed !== null ? (scrubbed as Values) : { redacted: scrubbed }
    },
  }
}

/** As much of LangSmith's `Client` as matters here. */
export interface TracingClient {
  createRun(run: never, ...rest: never[]): Promise<void>
  updateRun(id: string, run: never, ...rest: never[]): Promise<void>
}

/**
 * The same client, for `new LangChainTracer({ client })`: everything in a run is scrubbed before it is queued, its name, tags,
 * events, serialized parts and invocation parameters (which hold descriptions of tools) included.
 */
export function scrubTracing<Client extends object>(client: Client, scrubber: TalkScrubber): Client {
  const tracing = client as unknown as TracingClient
  const own: TracingClient = {
    createRun: (run, ...rest) => tracing.createRun(scrubber.value(run) as never, ...rest),
    updateRun: (id, run, ...rest) => tracing.updateRun(id, scrubber.value(run) as never, ...rest),
  }
  return new Proxy(client, {
    get: (target, name) => {
      if (Object.hasOwn(own, name)) return own[name as keyof TracingClient]
      const member: unknown = Reflect.get(target, name, target)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
}
