import type { SecretSafeSaver } from '../../saver/secret-safe-saver.js'
import type { Credentials } from '../credentials/credentials.js'
import { MESSAGES } from '../model/model-input.js'
import { guardTool } from './guard-tool.js'
import { type ToolSecrets, toolRule } from './tool-secrets.js'

export interface ScrubToolOptions {
  /** The graph's checkpointer unless told. */
  readonly saver?: SecretSafeSaver
  /** The channel that holds the graph's messages; `messages` unless told. */
  readonly channel?: string
}

export interface WithSecretsOptions extends ScrubToolOptions, ToolSecrets {
  /** As which agent the tool claims (`act` of its principal); as the run's reader alone unless told. */
  readonly agent?: string
  readonly credentials?: Credentials
}

/**
 * The same tool, given values in the place of claim URLs in its arguments, as far as `allow`, `egress` and policy permit: each
 * is claimed for this call under the tool's name. Callbacks, tracers and streams see the URLs, and what the tool answers, throws
 * or writes is scrubbed. For a graph without `secretsMiddleware`; in one with it, this tool keeps its own rules.
 *
 * String rules of a JSON schema (`maxLength`, `pattern`) are held against the URL, those of a zod schema against the value.
 * @throws ConfigError, InputError for what has no code of its own here.
 */
export function withSecrets<Tool extends { readonly name: string }>(tool: Tool, options: WithSecretsOptions): Tool {
  const { saver, channel = MESSAGES, agent, credentials, ...secrets } = options
  return guardTool(tool, { saver, channel, agent, credentials, rule: toolRule(tool.name, secrets) })
}

/**
 * The same tool, whose answers, errors and stream carry claim URLs in the place of secrets, for the model and the state alike. It
 * is given no secret itself: claim URLs in its arguments stay what they are.
 * @throws InputError for what has no code of its own here.
 */
export function scrubToolOutput<Tool extends { readonly name: string }>(
  tool: Tool,
  options: ScrubToolOptions = {},
): Tool {
  const { saver, channel = MESSAGES } = options
  return guardTool(tool, { saver, channel })
}
