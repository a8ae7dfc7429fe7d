import { withoutIdentity } from '../access/identity/carrier.js'
import { type Principal, runAs } from '../access/principal.js'
import type { UseSecretContext } from '../saver/use-secret.js'
import { isRunning, loadInterrupt, type RunOptions, runOf } from './running.js'

export interface UseSecretOptions extends RunOptions, Pick<UseSecretContext, 'onUnresolved'> {
  /** As whom, such as a sub-agent of its own; as the saver's reads are done unless told. */
  readonly principal?: Principal
}

/**
 * Gives a secret to `use` for as long as it runs, in a node or a tool of a graph whose checkpointer is a `SecretSafeSaver`:
 * `await useSecret(url, (token) => fetch(api, { headers: { authorization: `Bearer ${token}` } }))`.
 * It is an explicit claim: counted, recorded, decided by policy. What `use` answers or throws does not carry the value on.
 * Where others have to agree first, the graph is interrupted with a request, and goes on once that is decided in the vault.
 * @throws InputError outside a graph, ClaimUrlError, UnresolvedClaimError with the reason, VaultUnavailableError (retryable).
 */
export async function useSecret<Value = string, Result = unknown>(
  url: string,
  use: (value: Value) => Result | Promise<Result>,
  options: UseSecretOptions = {},
): Promise<Result> {
  const { config, saver } = runOf('useSecret', options)
  const { onUnresolved, principal } = options
  const context = {
    ...(onUnresolved === undefined ? {} : { onUnresolved }),
    ...(isRunning(config) ? { interrupt: await loadInterrupt() } : {}),
  }
  if (principal === undefined) return saver.useSecret(url, use, config, context)
  // The run's token would go before it.
  return runAs(principal, () => saver.useSecret(url, use, withoutIdentity(config), context))
}
