import type { CallbackManagerForToolRun } from '@langchain/core/callbacks/manager'
import type { RunnableConfig } from '@langchain/core/runnables'
import { Cover } from '../../saver/cover.js'
import type { ThreadSecrets } from '../../saver/thread-secrets.js'
import { coveredCallbacks } from './covered-callbacks.js'

type Writer = (chunk: unknown) => unknown

/** What a tool says while it runs: to the custom stream, and event by event. */
export class LiveOutput {
  readonly #secrets: ThreadSecrets
  readonly #channel: string
  readonly #covers: Cover[] = []
  /** Claims that are being stored. Nobody waits for a writer, but the tool's answer does. */
  readonly #stored: Promise<void>[] = []

  constructor(secrets: ThreadSecrets, channel: string) {
    this.#secrets = secrets
    this.#channel = channel
  }

  /** From now on `shown` stands wherever the tool says `value`. */
  give(value: unknown, shown: string): void {
    this.#covers.push(new Cover(value, shown))
  }

  /** Without the values that the tool was given. */
  hide(value: unknown): unknown {
    return this.#covers.reduce((left, cover) => cover.in(left), value)
  }

  /** What the tool answers in the end, once what it said on the way may be used. */
  async settle(raw: unknown, manager: CallbackManagerForToolRun | undefined): Promise<unknown> {
    const answered = isGenerator(raw) ? await this.#drain(raw, manager) : raw
    await Promise.all(this.#stored)
    return this.hide(answered)
  }

  /** The tool's own configuration, with callbacks and a writer that are scrubbed. LangGraph keeps one at several places. */
  configOf(config: RunnableConfig): RunnableConfig {
    const { writer, config: inner, configurable } = config as RunnableConfig & { writer?: unknown; config?: unknown }
    return {
      ...config,
      callbacks: this.callbacks(config.callbacks),
      ...(isWriter(writer) && { writer: this.#writer(writer) }),
      ...(typeof inner === 'object' && inner !== null && { config: this.configOf(inner as RunnableConfig) }),
      ...(isWriter(configurable?.writer) && {
        configurable: { ...configurable, writer: this.#writer(configurable.writer) },
      }),
    } as RunnableConfig
  }

  /** For what runs inside the tool, and for events of its own. */
  callbacks<Callbacks>(callbacks: Callbacks): Callbacks {
    return coveredCallbacks(callbacks, (value) => this.#say(value))
  }

  #writer(write: Writer): Writer {
    return (chunk) => write(this.#say(chunk))
  }

  #say(said: unknown): unknown {
    const { value, stored } = this.#secrets.cover(this.hide(said), this.#channel)
    stored.catch(() => undefined)
    this.#stored.push(stored)
    return value
  }

  /** As LangChain consumes a tool that yields. */
  async #drain(
    raw: AsyncGenerator<unknown, unknown>,
    manager: CallbackManagerForToolRun | undefined,
  ): Promise<unknown> {
    for (;;) {
      const { done, value } = await raw.next()
      if (done === true) return value
      await manager?.handleToolEvent?.(await this.#secrets.scrub(this.hide(value), this.#channel))
    }
  }
}

const isWriter = (value: unknown): value is Writer => typeof value === 'function'

const isGenerator = (value: unknown): value is AsyncGenerator<unknown, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Symbol.asyncIterator in value &&
  typeof (value as { next?: unknown }).next === 'function'
