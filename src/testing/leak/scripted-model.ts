import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager'
import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage, type BaseMessage } from '@langchain/core/messages'
import type { ChatResult } from '@langchain/core/outputs'

/** What the model says, given the conversation. Kept a function, so that a resumed process goes on where it stood. */
export type Script = (messages: readonly BaseMessage[]) => AIMessage

/** A real chat model whose answers are written in advance. */
export class ScriptedModel extends BaseChatModel {
  constructor(readonly script: Script) {
    super({})
  }

  override _llmType(): string {
    return 'scripted'
  }

  override bindTools(): this {
    return this
  }

  override async _generate(
    messages: BaseMessage[],
    _options: this['ParsedCallOptions'],
    _manager?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    const message = this.script(messages)
    return { generations: [{ message, text: typeof message.content === 'string' ? message.content : '' }] }
  }
}

/** Says its lines in turn, by how often the model has spoken in the conversation. */
export function lines(...said: readonly AIMessage[]): Script {
  return (messages) => {
    const spoken = messages.filter((message) => AIMessage.isInstance(message)).length
    return said[spoken] ?? new AIMessage({ id: `end-${spoken}`, content: 'Done.' })
  }
}

/** A line in which the model calls one tool. */
export function callTool(id: string, name: string, args: Record<string, unknown>): AIMessage {
  return new AIMessage({ id: `ai-${id}`, content: '', tool_calls: [{ id, name, args, type: 'tool_call' }] })
}
