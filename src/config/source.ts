import { ConfigError } from '../errors.js'
import type { KeyPath, Problem } from './shape.js'
import { stockDetector } from './stock-detector.js'

/** Both from 1. */
export interface SourcePosition {
  readonly line: number
  readonly column: number
}

/** Where a configuration came from, for messages. */
export interface ConfigSource {
  readonly name: string
  /** Of a key or value, where the format has lines. */
  positionOf?(path: KeyPath): SourcePosition | undefined
}

/** A key may be a secret in the wrong place; it is not repeated. */
export function configError(source: ConfigSource, problem: Problem): ConfigError {
  return new ConfigError(placed(source, problem))
}

/** The message of a problem: the file, the line and column, and the path to it. */
export function placed(source: ConfigSource, { path, message }: Problem): string {
  const position = source.positionOf?.(path)
  const where = position === undefined ? source.name : `${source.name}:${position.line}:${position.column}`
  const shown = path.map((key) => (stockDetector().scanText(String(key)).length > 0 ? '[redacted]' : key))
  return `${where}: ${path.length === 0 ? '' : `${shown.join('.')}: `}${message}.`
}

/** A configuration holds no secrets: by the stock rules, where they are sure. */
export function secretProblem(value: unknown): Problem | undefined {
  const finding = stockDetector()
    .scanValue(value)
    .find(({ action, confidence }) => action === 'seal' && (confidence === 'certain' || confidence === 'high'))
  if (finding === undefined) return undefined
  return { path: finding.path, message: `holds a secret by rule "${finding.ruleId}"; use the environment` }
}
