import type { BaseMessage } from '@langchain/core/messages'
import type { ChatGenerationChunk } from '@langchain/core/outputs'
import type { Hit } from '../../detect/types.js'

/** As much text is kept back as may stand between a secret and the word that says what it is. */
const HOLD_CHARS = 64
/** Text without a break is given out at last, when it is longer than any secret. */
const MAX_HELD_CHARS = 20_480
const BLOCK_BEGIN = '-----BEGIN '
const BLOCK_END = '-----END '
/** Names and numbers of a message's parts; no model writes a secret there. */
const STRUCTURAL: ReadonlySet<string> = new Set(['type', 'id', 'index', 'name', 'role'])

/** What was held and may go: as it came, or with secrets that only the whole of it shows. */
export interface Release {
  readonly chunks: readonly ChatGenerationChunk[]
  readonly holdsSecret: boolean
}

/**
 * Holds a model's stream back for as long as its end may be the beginning of a secret: a token that comes in pieces is found
 * once it is whole. Parts of tool calls wait for the end of the message.
 */
export class HeldChunks {
  readonly #find: (text: string) => readonly Hit[]
  #held: { readonly chunk: ChatGenerationChunk; readonly end: number }[] = []
  #text = ''
  #waits = false

  /** @param find the secrets of a text. */
  constructor(find: (text: string) => readonly Hit[]) {
    this.#find = find
  }

  push(chunk: ChatGenerationChunk): Release | undefined {
    const text = textOf(chunk.message)
    this.#text += text ?? ''
    this.#waits ||= text === undefined
    this.#held.push({ chunk, end: this.#text.length })
    if (this.#waits || this.#text.length < HOLD_CHARS) return undefined
    const hits = this.#find(this.#text)
    const limit = this.#limit(hits)
    const isCut = (at: number) => at <= limit && isBreak(this.#text, at) && !hits.some(spans(at))
    const count = this.#held.findLastIndex(({ end }) => isCut(end)) + 1
    return count === 0 ? undefined : this.#release(count, hits)
  }

  end(): Release | undefined {
    return this.#held.length === 0 ? undefined : this.#release(this.#held.length, this.#find(this.#text))
  }

  /** How much of the text is safe to cut from what comes after it. */
  #limit(hits: readonly Hit[]): number {
    const text = this.#text
    if (text.length > MAX_HELD_CHARS) return text.length
    let limit = text.length - HOLD_CHARS
    const begin = text.lastIndexOf(BLOCK_BEGIN)
    if (begin >= 0 && text.indexOf(BLOCK_END, begin) < 0) limit = Math.min(limit, begin)
    // What has not ended may grow, and the word that made it a secret stays with it.
    for (const { start, end } of hits.toReversed()) if (end > limit) limit = Math.min(limit, start - HOLD_CHARS)
    return limit
  }

  #release(count: number, hits: readonly Hit[]): Release {
    const going = this.#held.slice(0, count)
    const cut = going.at(-1)!.end
    const holdsSecret = this.#waits || hits.some(({ start }) => start < cut)
    this.#held = this.#held.slice(count).map(({ chunk, end }) => ({ chunk, end: end - cut }))
    this.#text = this.#text.slice(cut)
    return { chunks: going.map(({ chunk }) => chunk), holdsSecret }
  }
}

const spans =
  (at: number) =>
  ({ start, end }: Hit): boolean =>
    start < at && at < end

/** Between words: what ends there goes on in no token. */
const isBreak = (text: string, at: number): boolean => /\s/.test(text.charAt(at - 1)) || /\s/.test(text.charAt(at))

/** The text that a chunk adds; undefined when it holds anything that is not to be cut. */
function textOf(message: BaseMessage): string | undefined {
  const parts = message as { tool_call_chunks?: unknown[]; tool_calls?: unknown[] }
  if ((parts.tool_call_chunks?.length ?? 0) > 0 || (parts.tool_calls?.length ?? 0) > 0) return undefined
  return addText(message.content, '') + addText(message.additional_kwargs, '')
}

function addText(value: unknown, text: string): string {
  if (typeof value === 'string') return text + value
  if (typeof value !== 'object' || value === null) return text
  let out = text
  for (const [key, item] of Object.entries(value)) if (!STRUCTURAL.has(key)) out = addText(item, out)
  return out
}
