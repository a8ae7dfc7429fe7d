import { type AIMessage, type BaseMessage, SystemMessage, ToolMessage } from '@langchain/core/messages'
import type { AgentMiddleware } from 'langchain'
import { type NamePatterns, namePatterns } from '../../access/policy/name-patterns.js'
import { SecretSafeError } from '../../errors.js'
import type { SecretSafeSaver } from '../../saver/secret-safe-saver.js'
import type { ThreadSecrets } from '../../saver/thread-secrets.js'
import type { Credentials } from '../credentials/credentials.js'
import { guardModel } from '../model/guard-model.js'
import { MESSAGES, scrubMessages } from '../model/model-input.js'
import { runOf, secretsOf } from '../running.js'
import { guardTool, isGuarded } from '../tools/guard-tool.js'
import { hasCode, type ToolGuardOptions } from '../tools/tool-code.js'
import { ToolOutput } from '../tools/tool-output.js'
import { type ToolRule, type ToolSecrets, toolRule } from '../tools/tool-secrets.js'

export interface SecretsMiddlewareOptions {
  /** The agent's checkpointer unless told. */
  readonly saver?: SecretSafeSaver
  /** As which agent tools claim (`act` of their principal); as the run's reader alone unless told. */
  readonly agent?: string
  /**
   * By name, else by the first pattern that fits (`*` is any run of characters): which secrets a tool is given. One that is not
   * here gets none: handles stay what they are.
   */
  readonly tools?: Readonly<Record<string, ToolSecrets>>
  readonly credentials?: Credentials
  /** Tells the model what a claim URL is: a text of ours unless told; `false` for none. */
  readonly instructions?: string | false
  /**
   * What a tool's failure becomes: a message for the model, as without middleware, or an error that goes on (`throw`), which
   * middleware that retries needs.
   */
  readonly toolErrors?: 'message' | 'throw'
}

/** The same for every call, so that a provider's prompt cache holds. */
const INSTRUCTIONS =
  'Texts that begin with claim:// stand for credentials that you are not shown. Copy one exactly and in full, as an argument, ' +
  'where a tool needs the credential. Never shorten, encode, split or explain one.'

/**
 * Middleware for `createAgent` whose model reads claim URLs in the place of secrets, the ones that stand in the checkpoint, and
 * whose tools get values for as long as they run. Put it last: it is then nearest to model and tools. Where it stands elsewhere
 * both are guarded all the same, unless another middleware inside of it replaces the model.
 * @throws ConfigError
 */
export function secretsMiddleware(options: SecretsMiddlewareOptions = {}): AgentMiddleware {
  const { saver, instructions = INSTRUCTIONS, toolErrors = 'message' } = options
  const tools = new GuardedTools(options)
  const secrets = () => secretsOf('secretsMiddleware', saver)
  return {
    // What `createMiddleware` makes, without loading langchain for those who have none.
    [Symbol.for('AgentMiddleware')]: true,
    name: 'SecretsMiddleware',

    async beforeAgent({ messages }: { readonly messages: BaseMessage[] }) {
      warnOfValues(runOf('secretsMiddleware', saver && { saver }).saver)
      const scrubbed = await scrubMessages(messages, await secrets(), MESSAGES)
      const changed = scrubbed.filter((message, i) => message !== messages[i])
      return changed.length === 0 ? undefined : { messages: changed }
    },

    async wrapModelCall(request, handler) {
      const thread = await secrets()
      const answer: unknown = await handler({
        ...request,
        model: guardModel(request.model as object, saver === undefined ? {} : { saver }) as typeof request.model,
        messages: await scrubMessages(request.messages, thread, MESSAGES),
        ...(instructions !== false && { systemMessage: withInstructions(request.systemMessage, instructions) }),
      })
      return (await scrubAnswer(answer, thread)) as AIMessage
    },

    async wrapToolCall(request, handler) {
      const thread = await secrets()
      const { tool, toolCall } = request
      try {
        const answer = await handler(
          tool === undefined ? request : { ...request, tool: tools.guard(tool) as typeof tool },
        )
        return (await new ToolOutput(thread, MESSAGES).scrub(answer)) as typeof answer
      } catch (error) {
        if (toolErrors === 'throw' || isForTheRun(error) || request.runtime.signal?.aborted === true) throw error
        const content = await thread.scrub(`${String(error)}\n Please fix your mistakes.`, MESSAGES)
        return new ToolMessage({ content, tool_call_id: toolCall.id ?? '', name: toolCall.name, status: 'error' })
      }
    },
  } as AgentMiddleware
}

const warned = new WeakSet<SecretSafeSaver>()

function warnOfValues(saver: SecretSafeSaver): void {
  if (saver.leavesHandles(MESSAGES) || warned.has(saver)) return
  warned.add(saver)
  process.emitWarning(
    "Messages are loaded with their secrets: once a run was resumed, the agent's streams and its result carry them. Give the saver channels: { messages: 'handles' }.",
    { code: 'SECRET_SAFE_VALUES' },
  )
}

/** An agent's tools, each guarded once, with what it may be given. */
class GuardedTools {
  readonly #options: SecretsMiddlewareOptions
  readonly #rules: readonly { readonly name: string; readonly fits: NamePatterns; readonly rule: ToolRule }[]
  readonly #guarded = new WeakMap<object, object>()

  constructor(options: SecretsMiddlewareOptions) {
    this.#options = options
    this.#rules = Object.entries(options.tools ?? {}).map(([name, secrets]) => ({
      name,
      fits: namePatterns(name),
      rule: toolRule(name, secrets),
    }))
  }

  /** What has no code of its own here keeps its handles: its answer is scrubbed all the same. */
  guard(tool: object): object {
    if (isGuarded(tool) || !hasCode(tool)) return tool
    const known = this.#guarded.get(tool)
    if (known !== undefined) return known
    const { saver, agent, credentials } = this.#options
    const own =
      this.#rules.find(({ name }) => name === tool.name) ?? this.#rules.find(({ fits }) => fits.matches(tool.name))
    const options: ToolGuardOptions = { saver, agent, credentials, rule: own?.rule, channel: MESSAGES }
    const guarded = guardTool(tool, options)
    this.#guarded.set(tool, guarded)
    return guarded
  }
}

function withInstructions(system: SystemMessage, instructions: string): SystemMessage {
  return system.text === '' ? new SystemMessage(instructions) : system.concat(`\n\n${instructions}`)
}

/** A message, a command, or messages with what structured output was parsed from them. */
async function scrubAnswer(answer: unknown, secrets: ThreadSecrets): Promise<unknown> {
  if (typeof answer !== 'object' || answer === null || !('structuredResponse' in answer))
    return new ToolOutput(secrets, MESSAGES).scrub(answer)
  const { messages, structuredResponse } = answer as { structuredResponse: unknown; messages?: unknown }
  return {
    ...answer,
    messages: await secrets.scrub(messages, MESSAGES),
    structuredResponse: await secrets.scrub(structuredResponse, 'structuredResponse'),
  }
}

/** An interrupt, a command to a parent, arguments that the agent's own code answers; or a vault to be asked again later. */
function isForTheRun(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof SecretSafeError) return error.retryable
  const { is_bubble_up, '~brand': brand } = error as { is_bubble_up?: unknown; '~brand'?: unknown }
  return is_bubble_up === true || brand === 'ToolInvocationError'
}
