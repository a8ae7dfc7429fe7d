import type { CallbackManagerForToolRun } from '@langchain/core/callbacks/manager'
import type { RunnableConfig } from '@langchain/core/runnables'
import type { SecretSafeSaver } from '../../saver/secret-safe-saver.js'
import type { Credentials } from '../credentials/credentials.js'
import type { ToolRule } from './tool-secrets.js'

/** As much of a `StructuredTool` as matters here; `_call` is protected there. */
export interface ToolWithCode {
  readonly name: string
  readonly schema: unknown
  call(arg: unknown, config?: RunnableConfig, tags?: string[]): Promise<unknown>
  _call(input: unknown, manager?: CallbackManagerForToolRun, config?: RunnableConfig): unknown
}

export function hasCode(tool: unknown): tool is ToolWithCode {
  const { call, _call } = (tool ?? {}) as Partial<ToolWithCode>
  return typeof call === 'function' && typeof _call === 'function'
}

export interface ToolGuardOptions {
  /** The graph's checkpointer unless told. */
  readonly saver?: SecretSafeSaver | undefined
  /** The channel that holds the graph's messages. */
  readonly channel: string
  /** The agent that calls the tool, as `act` of its principal; the run's own unless told. */
  readonly agent?: string | undefined
  /** Undefined for a tool that is given no secret: handles in its arguments stay what they are. */
  readonly rule?: ToolRule | undefined
  readonly credentials?: Credentials | undefined
}
