import type { RunnableConfig } from '@langchain/core/runnables'
import { ToolInputParsingException } from '@langchain/core/tools'
import { interopParseAsync, isInteropZodSchema } from '@langchain/core/utils/types'
import { runAs } from '../../access/principal.js'
import type { ThreadSecrets, UseOptions } from '../../saver/thread-secrets.js'
import { claimAll, type Values } from './claim-all.js'
import { withValues } from './handles.js'
import type { LiveOutput } from './live-output.js'
import type { ToolGuardOptions, ToolWithCode } from './tool-code.js'
import type { ToolRights } from './tool-rights.js'

/** Puts values into a tool's input for as long as `next` runs. */
export type Step = (input: unknown, live: LiveOutput, next: (input: unknown) => Promise<unknown>) => Promise<unknown>

export interface StepContext {
  readonly tool: ToolWithCode
  readonly options: ToolGuardOptions
  /** Claim URLs in the arguments. */
  readonly handles: readonly string[]
  readonly rights: ToolRights
  readonly secrets: ThreadSecrets
  readonly config: RunnableConfig
  /** As the model wrote them. */
  readonly arg: unknown
}

/** First handles become values and are held against the tool's schema, then names of credentials do. */
export function valueSteps(context: StepContext): readonly Step[] {
  const { handles, options } = context
  const { rule, credentials } = options
  const names = credentials === undefined ? [] : (rule?.credentialArgs ?? [])
  return [...(handles.length > 0 ? [handleStep(context)] : []), ...names.map((name) => credentialStep(name, context))]
}

function handleStep({ tool, handles, rights, secrets, arg }: StepContext): Step {
  return (input, live, next) => {
    const work = async (values: Values) => {
      for (const [url, value] of values) live.give(value, url)
      return next(await parsed(tool, withValues(input, values), arg))
    }
    return rights.asking(input, undefined, (options) =>
      asPrincipal(options, () => claimAll(secrets, handles, options, work)),
    )
  }
}

/** Not of a JSON schema: that one was asked with the handles, as the model wrote them. @throws ToolInputParsingException */
async function parsed({ schema }: ToolWithCode, input: unknown, arg: unknown): Promise<unknown> {
  if (!isInteropZodSchema(schema)) return input
  try {
    return await interopParseAsync(schema, input)
  } catch {
    // The schema's own words may quote a value.
    throw new ToolInputParsingException('Received tool input did not match expected schema', JSON.stringify(arg))
  }
}

function credentialStep(argument: string, { tool, options, rights, secrets, config, arg }: StepContext): Step {
  const given = (arg as Readonly<Record<string, unknown>> | null)?.[argument]
  return (input, live, next) => {
    const name: unknown = (input as Readonly<Record<string, unknown>> | null)?.[argument]
    // The value of a handle is no name.
    if (typeof name !== 'string' || name !== given) return next(input)
    return rights.asking(input, name, (asked) =>
      asPrincipal(asked, () => {
        const request = { name, tool: tool.name, agent: options.agent, config, signal: config.signal }
        return options.credentials!.use(request, secrets, asked, (value) => {
          live.give(value, `[credential ${name}]`)
          return next({ ...(input as object), [argument]: value })
        })
      }),
    )
  }
}

/** What the tool reads itself, it reads as who it was given its secrets as. */
const asPrincipal = <T>({ principal }: UseOptions, fn: () => Promise<T>): Promise<T> =>
  principal == null ? fn() : runAs(principal, fn)
