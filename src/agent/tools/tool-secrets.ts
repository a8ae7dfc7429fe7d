import { type NamePatterns, namePatterns } from '../../access/policy/name-patterns.js'
import { ConfigError } from '../../errors.js'
import { type Egress, type EgressRule, egressRule } from './egress.js'

/** Which secrets a tool may be given, before policy is asked. */
export interface ToolSecrets {
  /** Ids of rules (`github-*`); `*` for whatever policy permits. */
  readonly allow?: string | readonly string[]
  /** Where the tool may send which of them, as far as its arguments say so; anywhere unless told. */
  readonly egress?: Egress
  /** Arguments in which the model names a credential of the registry. */
  readonly credentialArgs?: readonly string[]
}

/** `ToolSecrets`, checked. */
export interface ToolRule {
  readonly allow: NamePatterns
  readonly egress: EgressRule
  readonly credentialArgs: readonly string[]
}

/** @throws ConfigError */
export function toolRule(name: string, { allow, egress, credentialArgs = [] }: ToolSecrets): ToolRule {
  const patterns = allow === undefined ? [] : [allow].flat()
  if (!isTexts(patterns) || !Array.isArray(credentialArgs) || !isTexts(credentialArgs))
    throw new ConfigError(`The tool ${JSON.stringify(name)} needs { allow, egress, credentialArgs }: lists of texts.`)
  return { allow: namePatterns(patterns), egress: egressRule(egress), credentialArgs }
}

const isTexts = (list: readonly unknown[]): boolean => list.every((item) => typeof item === 'string')
