import type { BaseCache, BaseCheckpointSaver, BaseStore } from '@langchain/langgraph-checkpoint'
import type { AgentMiddleware } from 'langchain'
import { namePatterns } from '../../access/policy/name-patterns.js'
import { ConfigError } from '../../errors.js'
import { type SecretSafeOptions, secretSafe } from '../../saver/secret-safe.js'
import { isSecretSafeSaver, type SecretSafeSaver } from '../../saver/secret-safe-saver.js'
import { SecretSafeCache } from '../cache/secret-safe-cache.js'
import { type SecretsMiddlewareOptions, secretsMiddleware } from '../middleware/secrets-middleware.js'
import { isSecretSafeStore, SecretSafeStore } from '../store/secret-safe-store.js'
import { hasCode } from '../tools/tool-code.js'
import { type Covered, coverageOf, coverageText } from './coverage.js'

/** What `createAgent` or `graph.compile` is given: whatever keeps state is wrapped, all else is handed on. */
export interface AgentParts {
  readonly checkpointer: BaseCheckpointSaver
  readonly store?: BaseStore | undefined
  readonly cache?: BaseCache | undefined
  /** Here and below: of `createAgent`. */
  readonly model?: unknown
  readonly tools?: readonly unknown[] | undefined
  readonly middleware?: readonly AgentMiddleware[] | undefined
  /** The agent's name, as which its tools claim unless `agent` says another. */
  readonly name?: string | undefined
}

/** As `secretSafe` and `secretsMiddleware` take them; `channels` is `{ messages: 'handles' }` unless told. */
export interface ProtectAgentOptions extends SecretSafeOptions, Omit<SecretsMiddlewareOptions, 'saver'> {
  /** Told what is covered and what is not, in place of a text on standard error. */
  readonly onCoverage?: (coverage: readonly Covered[]) => void
}

export type ProtectedParts<Parts extends AgentParts> = Omit<Parts, 'checkpointer'> & {
  readonly checkpointer: SecretSafeSaver
}

/**
 * Wires everything that applies, in one call: `createAgent(protectAgent({ model, tools, checkpointer }, { tools: { deploy: { allow:
 * 'github-*' } } }))`, or `graph.compile(protectAgent({ checkpointer, store }))`. Checkpointer, store and cache are wrapped, on one
 * vault; for `createAgent` the middleware comes last. Prints once what is covered and what is not.
 * @throws ConfigError without a checkpointer, and as `secretSafe` does.
 */
export function protectAgent<const Parts extends AgentParts>(
  parts: Parts,
  options: ProtectAgentOptions = {},
): ProtectedParts<Parts> {
  const { agent = parts.name, tools, credentials, instructions, toolErrors, onCoverage, ...kept } = options
  const saver = saverOf(parts.checkpointer, kept)
  const isAgent = parts.model !== undefined
  const middleware = {
    saver,
    ...(agent !== undefined && { agent }),
    ...(tools && { tools }),
    ...(credentials && { credentials }),
    ...(instructions !== undefined && { instructions }),
    ...(toolErrors && { toolErrors }),
  }
  const wrapped = {
    ...parts,
    checkpointer: saver,
    ...(parts.store && { store: storeOf(parts.store, saver) }),
    ...(parts.cache && { cache: cacheOf(parts.cache, saver) }),
    ...(isAgent && { middleware: withMiddleware(parts.middleware ?? [], middleware) }),
  }
  tell(coverageOf(factsOf(parts, saver, isAgent, options)), onCoverage)
  return wrapped as unknown as ProtectedParts<Parts>
}

/** Last, unless it is there already: then it stays where it was put, as it was set. */
function withMiddleware(
  given: readonly AgentMiddleware[],
  options: SecretsMiddlewareOptions,
): readonly AgentMiddleware[] {
  const own = secretsMiddleware(options)
  return given.some(({ name }) => name === own.name) ? given : [...given, own]
}

function saverOf(checkpointer: unknown, options: SecretSafeOptions): SecretSafeSaver {
  if (isSecretSafeSaver(checkpointer)) return checkpointer
  if (typeof (checkpointer as Partial<BaseCheckpointSaver> | undefined)?.getTuple !== 'function')
    throw new ConfigError('protectAgent needs a checkpointer: claims are kept by thread.')
  return secretSafe(checkpointer as BaseCheckpointSaver, { channels: { messages: 'handles' }, ...options })
}

const storeOf = (store: BaseStore, saver: SecretSafeSaver): BaseStore =>
  isSecretSafeStore(store) ? store : new SecretSafeStore(store, saver.siblingOptions())

function cacheOf(cache: BaseCache, saver: SecretSafeSaver): BaseCache {
  if (cache instanceof SecretSafeCache) return cache
  const { onUnresolved: _, ...shared } = saver.siblingOptions()
  return new SecretSafeCache(cache, shared)
}

function factsOf(
  { tools = [], middleware = [], store, cache }: AgentParts,
  saver: SecretSafeSaver,
  isAgent: boolean,
  { tools: rules = {} }: ProtectAgentOptions,
) {
  const names = (list: readonly unknown[]) =>
    list.map((tool) => String((tool as { name?: unknown })?.name ?? 'unnamed'))
  const own = names(tools.filter(hasCode))
  const listed = namePatterns(Object.keys(rules))
  const { LANGSMITH_TRACING, LANGCHAIN_TRACING_V2 } = process.env
  return {
    storesHandles: saver.leavesHandles('messages'),
    hasStore: store !== undefined,
    hasCache: cache !== undefined,
    isTraced: LANGSMITH_TRACING === 'true' || LANGCHAIN_TRACING_V2 === 'true',
    ...(isAgent && {
      agent: {
        given: own.filter((name) => listed.matches(name)),
        elsewhere: names(tools.filter((tool) => !hasCode(tool))),
        otherMiddleware: names(middleware),
      },
    }),
  }
}

const told = new Set<string>()

/** Once for a process: the tenth agent of a kind says nothing new. */
function tell(coverage: readonly Covered[], onCoverage: ProtectAgentOptions['onCoverage']): void {
  const text = coverageText(coverage)
  if (onCoverage !== undefined) onCoverage(coverage)
  else if (!told.has(text)) process.stderr.write(text)
  told.add(text)
}
