import type { RunnableConfig } from '@langchain/core/runnables'
import type { Principal } from '../../access/principal.js'
import { ToolDeniedError, UnresolvedClaimError } from '../../errors.js'
import type { ThreadSecrets, UseOptions } from '../../saver/thread-secrets.js'
import { isRunning, loadInterrupt } from '../running.js'
import { hostsIn } from './egress.js'
import type { ToolGuardOptions } from './tool-code.js'

/** As whom a tool's secrets are claimed, and which of them it may be given. */
export class ToolRights {
  readonly #tool: string
  readonly #options: ToolGuardOptions
  readonly #secrets: ThreadSecrets
  readonly #config: RunnableConfig

  constructor(tool: string, options: ToolGuardOptions, secrets: ThreadSecrets, config: RunnableConfig) {
    this.#tool = tool
    this.#options = options
    this.#secrets = secrets
    this.#config = config
  }

  /** The run's reader, with this agent acting for it; null for nobody. */
  async principal(): Promise<Principal | null> {
    const reader = await this.#secrets.principal()
    const { agent } = this.#options
    return reader === null || agent === undefined ? reader : { ...reader, act: agent }
  }

  /**
   * Runs `use` with what a claim has to be asked with.
   * @param input the tool's arguments: hosts in them are where it may send what it is given.
   * @param credential its name, where no rule of the detector says what is claimed.
   * @throws ToolDeniedError where the tool's own configuration forbids what was asked for.
   */
  async asking<T>(
    input: unknown,
    credential: string | undefined,
    use: (options: UseOptions) => Promise<T>,
  ): Promise<T> {
    const hosts = hostsIn(input)
    let denied: ToolDeniedError | undefined
    const mayHave = ({ ruleId }: { readonly ruleId: string }): boolean => {
      denied = this.#denial(credential ?? ruleId, credential !== undefined, hosts)
      return denied === undefined
    }
    const principal = await this.principal()
    const interrupt = isRunning(this.#config) ? { interrupt: await loadInterrupt() } : {}
    try {
      return await use({ principal, task: this.#tool, mayHave, ...interrupt })
    } catch (error) {
      throw denied !== undefined && error instanceof UnresolvedClaimError ? denied : error
    }
  }

  #denial(what: string, isCredential: boolean, hosts: readonly string[]): ToolDeniedError | undefined {
    const { rule } = this.#options
    if (!isCredential && rule?.allow.matches(what) !== true) return new ToolDeniedError(this.#tool, what)
    const host = rule?.egress.refused(what, hosts)
    return host === undefined ? undefined : new ToolDeniedError(this.#tool, what, host)
  }
}
