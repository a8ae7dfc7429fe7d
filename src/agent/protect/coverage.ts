/** One way out of an agent, and whether secrets leave by it. */
export interface Covered {
  readonly part: string
  readonly covered: boolean
  /** How, or what to do about it. */
  readonly how: string
}

/** What `protectAgent` looks at. */
export interface CoverageFacts {
  readonly storesHandles: boolean
  readonly hasStore: boolean
  readonly hasCache: boolean
  /** Undefined where it is not an agent of `createAgent`. */
  readonly agent?: {
    readonly given: readonly string[]
    /** Tools without code of their own here. */
    readonly elsewhere: readonly string[]
    readonly otherMiddleware: readonly string[]
  }
  readonly isTraced: boolean
}

export function coverageOf(facts: CoverageFacts): readonly Covered[] {
  const { agent, storesHandles, hasStore, hasCache, isTraced } = facts
  const rows: (Covered | undefined)[] = [
    yes('checkpoints', 'SecretSafeSaver'),
    hasStore ? yes('store', 'SecretSafeStore') : undefined,
    hasCache ? yes('cache', 'SecretSafeCache') : undefined,
    agent
      ? yes('what the model reads and answers', 'secretsMiddleware')
      : no('what a model reads', 'guardModel(model)'),
    agent
      ? yes('what tools answer', 'secretsMiddleware')
      : no('what tools answer', 'withSecrets(tool), scrubToolOutput(tool)'),
    agent &&
      (agent.given.length > 0
        ? yes('tools that are given secrets', agent.given.join(', '))
        : no('tools that are given secrets', 'none: list them in tools')),
    agent && agent.elsewhere.length > 0
      ? no('tools without code here, which get handles', agent.elsewhere.join(', '))
      : undefined,
    agent && agent.otherMiddleware.length > 0
      ? no('models that other middleware calls by itself', `guardModel(model), for ${agent.otherMiddleware.join(', ')}`)
      : undefined,
    storesHandles
      ? yes('streams and results', 'handles, but for the input itself')
      : no('streams and results of resumed runs', "channels: { messages: 'handles' }"),
    no(`traces${isTraced ? ' (LangSmith is on)' : ''}`, 'langsmithAnonymizer, scrubSpans'),
    no('logs', 'scrubConsole, and the formats for pino and winston'),
    no('what a tool does with a value that it was given', 'egress, secretFetch'),
  ]
  return rows.filter((row) => row !== undefined)
}

/** As it is printed: a line for each. */
export function coverageText(coverage: readonly Covered[]): string {
  const lines = coverage.map(
    ({ part, covered, how }) => `  ${covered ? 'covered    ' : 'not covered'}  ${part}: ${how}`,
  )
  return `secret-safe: this agent is protected as follows.\n${lines.join('\n')}\n`
}

const yes = (part: string, how: string): Covered => ({ part, covered: true, how })
const no = (part: string, how: string): Covered => ({ part, covered: false, how })
