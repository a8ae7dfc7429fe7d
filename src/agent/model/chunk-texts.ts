import type { BaseMessage, ContentBlock, MessageContent } from '@langchain/core/messages'
import { ChatGenerationChunk } from '@langchain/core/outputs'

/** Names and numbers of a message's parts; no model writes a secret there. */
const STRUCTURAL: ReadonlySet<string> = new Set(['type', 'id', 'index', 'name', 'role'])

/** The texts that a chunk adds to, by name; undefined when it holds anything that is not to be cut. */
export function textsOf(message: BaseMessage): ReadonlyMap<string, string> | undefined {
  const parts = message as { tool_call_chunks?: unknown[]; tool_calls?: unknown[] }
  if ((parts.tool_call_chunks?.length ?? 0) > 0 || (parts.tool_calls?.length ?? 0) > 0) return undefined
  const texts = new Map<string, string>()
  addTexts(message.content, 'text', texts)
  addTexts(message.additional_kwargs, 'other', texts)
  return texts
}

/** Blocks of one kind are one text, also where nothing says that they belong together. */
function addTexts(value: unknown, name: string, texts: Map<string, string>): void {
  if (typeof value === 'string') {
    if (value !== '') texts.set(name, (texts.get(name) ?? '') + value)
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, item] of Object.entries(value)) {
    if (STRUCTURAL.has(key)) continue
    addTexts(item, Array.isArray(value) || key === 'text' ? name : `${name}.${key}`, texts)
  }
}

/** Blocks of one kind that nothing keeps apart are one block: a token is in pieces otherwise. */
export function joinTexts(chunk: ChatGenerationChunk): ChatGenerationChunk {
  const { message, generationInfo } = chunk
  const { content } = message
  if (typeof content === 'string') return chunk
  const joined: ContentBlock[] = []
  for (const block of content) {
    const last = joined.at(-1)
    const field = textField(block)
    if (field !== undefined && block.type === last?.type && textField(last) === field)
      joined[joined.length - 1] = { ...last, [field]: String(last[field]) + String(block[field]) }
    else joined.push(block)
  }
  message.content = joined as MessageContent
  message.lc_kwargs.content = joined
  return new ChatGenerationChunk({ message, text: message.text, ...(generationInfo && { generationInfo }) })
}

/** The only thing that a block holds beside its type, where that is text. */
function textField(block: ContentBlock): string | undefined {
  const [field, ...others] = Object.keys(block).filter((key) => key !== 'type')
  return field !== undefined && others.length === 0 && typeof block[field] === 'string' ? field : undefined
}
