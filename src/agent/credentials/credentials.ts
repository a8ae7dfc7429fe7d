import type { RunnableConfig } from '@langchain/core/runnables'
import { type NamePatterns, namePatterns } from '../../access/policy/name-patterns.js'
import type { Principal } from '../../access/principal.js'
import { ConfigError, CredentialError, ToolDeniedError } from '../../errors.js'
import type { ThreadSecrets, UseOptions } from '../../saver/thread-secrets.js'
import { parseClaimUrl } from '../../vault/claim-url.js'

/** For whom a credential is asked for. Holds no value. */
export interface CredentialRequest {
  readonly name: string
  readonly tool: string
  readonly agent?: string
  readonly principal: Principal | null
  readonly threadId: string
  readonly signal?: AbortSignal
}

/** A credential that was made for one task. */
export interface IssuedCredential {
  readonly value: string
  /** Ends it at the issuer; called once when the task has ended, however it did. */
  readonly giveBack?: () => unknown
}

/** `env:NAME`, a claim URL of the thread, or a function; what it answers is used once and kept nowhere. */
export type CredentialSource =
  | `env:${string}`
  | `claim://${string}`
  | ((request: CredentialRequest) => string | IssuedCredential | Promise<string | IssuedCredential>)

export interface CredentialDefinition {
  readonly from: CredentialSource
  /** Tools that may use it, `*` any run of characters; none unless told. */
  readonly tools: string | readonly string[]
  /** Agents that may use it; any unless told. */
  readonly agents?: string | readonly string[]
}

interface Entry {
  readonly from: CredentialSource
  readonly tools: NamePatterns
  readonly agents: NamePatterns | undefined
}

/** A tool's use of a credential. */
export interface CredentialUse {
  readonly name: string
  readonly tool: string
  readonly agent: string | undefined
  readonly config: RunnableConfig
  readonly signal: AbortSignal | undefined
}

const NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,99}$/

/**
 * Named credentials. A model picks a name, never a value: whether a tool may use it is decided by scope, then by policy (rule
 * `credential:NAME`), and recorded before the source is asked.
 */
export class Credentials<Name extends string = string> {
  readonly #entries: ReadonlyMap<string, Entry>

  /** @throws ConfigError */
  constructor(definitions: Readonly<Record<Name, CredentialDefinition>>) {
    this.#entries = new Map(
      Object.entries<CredentialDefinition>(definitions).map(([name, definition]) => [name, entryOf(name, definition)]),
    )
  }

  /** Names that a tool may use, for an enum in its schema: `z.enum(credentials.names({ tool: 'query' }))`. @throws ConfigError for none. */
  names({ tool, agent }: { readonly tool: string; readonly agent?: string }): [Name, ...Name[]] {
    const names = [...this.#entries].filter(([, entry]) => isInScope(entry, tool, agent)).map(([name]) => name as Name)
    if (names.length === 0) throw new ConfigError(`No credential may be used by the tool ${JSON.stringify(tool)}.`)
    return names as [Name, ...Name[]]
  }

  /**
   * Gives a credential to `use` for as long as it runs.
   * @throws ToolDeniedError out of scope, UnresolvedClaimError with the reason, CredentialError when its source fails.
   */
  async use<T>(
    use: CredentialUse,
    secrets: ThreadSecrets,
    options: UseOptions,
    work: (value: unknown) => Promise<T>,
  ): Promise<T> {
    const { name, tool, agent } = use
    const entry = this.#entries.get(name)
    // A name that nobody has and one that is not for this tool look alike.
    if (entry === undefined || !isInScope(entry, tool, agent))
      throw new ToolDeniedError(tool, 'a credential of this name')
    await secrets.useNamed(name, options)
    const { from } = entry
    if (typeof from === 'string' && parseClaimUrl(from) !== null) return secrets.use(from, work, options)
    const issued = await this.#fetch(from, use, secrets, options.principal ?? null)
    try {
      secrets.know(issued.value)
      return await work(issued.value)
    } finally {
      await giveBack(name, issued)
    }
  }

  async #fetch(
    from: CredentialSource,
    { name, tool, agent, signal }: CredentialUse,
    { threadId }: ThreadSecrets,
    principal: Principal | null,
  ): Promise<IssuedCredential> {
    const request = {
      name,
      tool,
      principal,
      threadId,
      ...(agent !== undefined && { agent }),
      ...(signal && { signal }),
    }
    let given: unknown
    try {
      given = typeof from === 'function' ? await from(request) : process.env[from.slice('env:'.length)]
    } catch {
      // A foreign error may quote what it was about.
      throw new CredentialError(name, 'its source has failed')
    }
    const issued = typeof given === 'string' ? { value: given } : (given as IssuedCredential | undefined)
    if (typeof issued?.value === 'string' && issued.value !== '') return issued
    if (typeof issued?.giveBack === 'function') await giveBack(name, issued)
    throw new CredentialError(name, 'its source has none')
  }
}

/** A task that has ended well does not fail for it; but a credential that lives on is to be known. */
async function giveBack(name: string, issued: IssuedCredential): Promise<void> {
  try {
    await issued.giveBack?.()
  } catch {
    process.emitWarning(`The credential ${name} could not be given back.`, { code: 'SECRET_SAFE_NOT_GIVEN_BACK' })
  }
}

function entryOf(name: string, { from, tools, agents }: CredentialDefinition): Entry {
  if (!NAME.test(name))
    throw new ConfigError(`${JSON.stringify(name)} is no name of a credential: letters, digits, _ . -`)
  const isSource = typeof from === 'function' || /^env:./.test(from) || parseClaimUrl(String(from)) !== null
  if (!isSource) throw new ConfigError(`The credential ${name} comes from 'env:NAME', a claim URL or a function.`)
  if (tools === undefined) throw new ConfigError(`The credential ${name} needs tools: which of them may use it.`)
  return { from, tools: namePatterns(tools), agents: agents === undefined ? undefined : namePatterns(agents) }
}

const isInScope = ({ tools, agents }: Entry, tool: string, agent: string | undefined): boolean =>
  tools.matches(tool) && (agents === undefined || (agent !== undefined && agents.matches(agent)))
