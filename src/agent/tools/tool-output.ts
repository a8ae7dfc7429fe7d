import { randomUUID } from 'node:crypto'
import { BaseMessage, ToolMessage } from '@langchain/core/messages'
import type { ThreadSecrets } from '../../saver/thread-secrets.js'

/** LangGraph's channel of what is sent to nodes. */
const TASKS = '__pregel_tasks'

/** As much of LangGraph's `Command` as matters here. */
interface CommandLike {
  readonly lg_name: 'Command'
  readonly update?: unknown
  readonly resume?: unknown
  readonly goto?: unknown
}

interface Output {
  readonly content: unknown
  readonly artifact?: unknown
}

/** Scrubs what a tool answers, before callbacks, streams and the state have it. */
export class ToolOutput {
  readonly #secrets: ThreadSecrets
  readonly #channel: string
  /** Of the message that the answer will become: claims are placed by it. */
  readonly messageId = randomUUID()

  constructor(secrets: ThreadSecrets, channel: string) {
    this.#secrets = secrets
    this.#channel = channel
  }

  /** @param raw as the tool's own code answers it: text, blocks, messages, commands, `[content, artifact]`. */
  async scrub(raw: unknown): Promise<unknown> {
    if (isCommand(raw)) return this.#command(raw)
    if (BaseMessage.isInstance(raw)) return (await this.#messages([raw]))[0]
    if (Array.isArray(raw) && raw.some((item) => BaseMessage.isInstance(item) || isCommand(item)))
      return Promise.all(raw.map((item) => this.scrub(item)))
    // In the shape of a message, so that what is in it is placed as that message's.
    const message = { lc: 1, kwargs: { id: this.messageId, content: raw } satisfies Output & { id: string } }
    const [scrubbed] = await this.#secrets.scrub([message], this.#channel)
    return scrubbed!.kwargs.content
  }

  /** Gives the message that LangChain made of the answer the id by which its claims are placed. */
  name(output: unknown): unknown {
    if (ToolMessage.isInstance(output)) nameMessage(output, this.messageId)
    return output
  }

  async #messages(messages: readonly unknown[]): Promise<readonly unknown[]> {
    for (const message of messages) if (BaseMessage.isInstance(message)) nameMessage(message, randomUUID())
    return this.#secrets.scrub(messages, this.#channel)
  }

  async #command(command: CommandLike): Promise<unknown> {
    const update = await this.#update(command.update)
    const goto = await this.#secrets.scrub(command.goto, TASKS)
    const resume = await this.#secrets.scrub(command.resume, '__resume__')
    if (update === command.update && goto === command.goto && resume === command.resume) return command
    return Object.assign(Object.create(Object.getPrototypeOf(command)) as object, command, { update, goto, resume })
  }

  /** Each field of an update is written to the channel of its name. */
  async #update(update: unknown): Promise<unknown> {
    if (typeof update !== 'object' || update === null) return this.#secrets.scrub(update, this.#channel)
    const pairs = isPairs(update)
    const entries: readonly (readonly [string, unknown])[] = pairs ? update : Object.entries(update)
    const next: [string, unknown][] = []
    for (const [name, value] of entries) {
      const isMessages = Array.isArray(value) && value.some((item) => BaseMessage.isInstance(item))
      next.push([name, isMessages ? await this.#messages(value) : await this.#secrets.scrub(value, name)])
    }
    if (next.every(([, value], i) => value === entries[i]![1])) return update
    return pairs ? next : Object.fromEntries(next)
  }
}

const isCommand = (value: unknown): value is CommandLike =>
  typeof value === 'object' && value !== null && (value as { lg_name?: unknown }).lg_name === 'Command'

const isPairs = (update: object): update is [string, unknown][] =>
  Array.isArray(update) &&
  update.every((pair) => Array.isArray(pair) && pair.length === 2 && typeof pair[0] === 'string')

/** A reducer would name it later; its claims have to be placed now. `lc_kwargs` is what is persisted. */
function nameMessage(message: BaseMessage, id: string): void {
  if (typeof message.id === 'string') return
  message.id = id
  message.lc_kwargs.id = id
}
