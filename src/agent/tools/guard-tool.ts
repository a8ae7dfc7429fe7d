import type { CallbackManagerForToolRun } from '@langchain/core/callbacks/manager'
import type { RunnableConfig } from '@langchain/core/runnables'
import { AsyncLocalStorageProviderSingleton } from '@langchain/core/singletons'
import { isInteropZodSchema } from '@langchain/core/utils/types'
import { InputError } from '../../errors.js'
import type { ThreadSecrets } from '../../saver/thread-secrets.js'
import { mapThrown } from '../../saver/thrown.js'
import { runOf } from '../running.js'
import { thrownWithout } from '../thrown-without.js'
import { handlesIn } from './handles.js'
import { LiveOutput } from './live-output.js'
import { hasCode, type ToolGuardOptions, type ToolWithCode } from './tool-code.js'
import { ToolOutput } from './tool-output.js'
import { ToolRights } from './tool-rights.js'
import { type Step, valueSteps } from './value-steps.js'

/** Guards, with what they were made of. */
const guarded = new WeakMap<object, { readonly tool: object; readonly takesValues: boolean }>()

export const isGuarded = (tool: object): boolean => guarded.has(tool)

/** Accepts everything; the tool's own schema is asked once handles are values. */
const ANYTHING = {}

/**
 * The same tool, for the same model, whose code alone sees values: its arguments are resolved below LangChain's callbacks, and
 * what it answers, throws or streams is scrubbed before they see it.
 * @throws InputError for what has no code of its own here, such as a runnable that was made a tool.
 */
export function guardTool<Tool extends object>(given: Tool, options: ToolGuardOptions): Tool {
  const before = guarded.get(given)
  if (before !== undefined && options.rule === undefined) return given
  if (before?.takesValues === true) throw new InputError('This tool is guarded already: it has one set of rules.')
  const tool = (before?.tool ?? given) as Tool
  if (!hasCode(tool)) throw new InputError('A guarded tool is one made by tool(), or a StructuredTool of your own.')
  const call = (arg: unknown, config?: RunnableConfig, tags?: string[]) => guardedCall(tool, options, arg, config, tags)
  const guard = Object.create(tool, { call: { value: call } }) as Tool
  guarded.set(guard, { tool, takesValues: options.rule !== undefined })
  return guard
}

async function guardedCall(
  tool: ToolWithCode,
  options: ToolGuardOptions,
  given: unknown,
  config: RunnableConfig | undefined,
  tags: string[] | undefined,
): Promise<unknown> {
  const { saver, channel, rule } = options
  const hasThread = config?.configurable?.thread_id !== undefined
  const run = runOf('A guarded tool', { ...(hasThread && { config }), ...(saver && { saver }) })
  const secrets = await run.saver.secretsOf(run.config)
  const arg = await secrets.scrub(given, channel)
  const handles = rule === undefined ? [] : handlesIn(arg, secrets)
  const output = new ToolOutput(secrets, channel)
  const rights = new ToolRights(tool.name, options, secrets, run.config)
  const steps = valueSteps({ tool, options, handles, rights, secrets, config: run.config, arg })
  const takesValues = handles.length > 0 && isInteropZodSchema(tool.schema)
  const code = async (input: unknown, manager?: CallbackManagerForToolRun, own?: RunnableConfig) =>
    output.scrub(await answer(tool, steps, new LiveOutput(secrets, channel), input, manager, own))
  const inside = Object.create(tool, {
    // Callbacks are told of an error before the caller is.
    _call: { value: (...args: Parameters<typeof code>) => scrubErrors(() => code(...args), secrets, channel) },
    ...(takesValues && { schema: { value: ANYTHING } }),
  }) as ToolWithCode
  return scrubErrors(
    async () => output.name(await Reflect.apply(tool.call, inside, [arg, config, tags])),
    secrets,
    channel,
  )
}

/** Below the callbacks: within the steps, values are in the hands of the tool's own code. */
async function answer(
  tool: ToolWithCode,
  steps: readonly Step[],
  live: LiveOutput,
  input: unknown,
  manager: CallbackManagerForToolRun | undefined,
  config: RunnableConfig | undefined,
): Promise<unknown> {
  const code = async (ready: unknown): Promise<unknown> => {
    const own = config && live.configOf(config)
    const call = async () => live.settle(await tool._call(ready, live.callbacks(manager), own), manager)
    // What asks the async context gets the tool's own writer and callbacks, too.
    return own === undefined ? call() : AsyncLocalStorageProviderSingleton.runWithConfig(own, call)
  }
  const run = steps.reduceRight<(ready: unknown) => Promise<unknown>>(
    (next, step) => (ready) => step(ready, live, next),
    code,
  )
  try {
    return await run(input)
  } catch (error) {
    throw mapThrown(error, (value) => live.hide(value))
  }
}

async function scrubErrors<T>(run: () => Promise<T>, secrets: ThreadSecrets, channel: string): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw await thrownWithout(error, secrets, channel)
  }
}
