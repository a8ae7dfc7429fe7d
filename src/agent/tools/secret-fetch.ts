import { isPrivateTo } from '../../access/identity/endpoint.js'
import { InputError, ToolDeniedError, UnresolvedClaimError } from '../../errors.js'
import { isRunning, loadInterrupt, type RunOptions, runOf } from '../running.js'
import { claimAll, type Values } from './claim-all.js'
import { type Egress, egressRule } from './egress.js'
import { handlesIn, replaceHandles } from './handles.js'
import { mapRequest, parseAddress, type Request } from './map-request.js'

export interface SecretFetchOptions extends RunOptions {
  /** Which hosts may receive which secrets, by the id of their rule. */
  readonly egress: Egress
  /** What it is for, in the ledger and for policy; `fetch` unless told. */
  readonly task?: string
  /** `globalThis.fetch` unless told. */
  readonly fetch?: (url: URL, init: RequestInit) => Promise<Response>
}

/**
 * A `fetch` that is given claim URLs, in path or query, in headers, in a body of text, JSON or a form, and sends values: to hosts
 * that may have them, over https or to this machine, and nowhere else. The code around it holds none, unless the host sends it back:
 * that one is known, and is scrubbed before it is in the state. A redirect is answered as it is, and not followed.
 * @throws (when called) ToolDeniedError for a host, UnresolvedClaimError with the reason, InputError for an address that is none.
 */
export function secretFetch(
  options: SecretFetchOptions,
): (input: string | URL, init?: RequestInit) => Promise<Response> {
  const rule = egressRule(options.egress)
  const { task = 'fetch', fetch: send = fetch } = options
  return async (input, init = {}) => {
    const request: Request = { url: parseAddress(input), init }
    const { saver, config } = runOf('secretFetch', options)
    const secrets = await saver.secretsOf(config)
    const handles = new Set<string>()
    mapRequest(request, (text) => {
      for (const handle of handlesIn(text, secrets)) handles.add(handle)
      return text
    })
    if (handles.size === 0) return send(request.url, init)
    if (!isPrivateTo(request.url))
      throw new InputError('A secret is sent over https, or to this machine; the request was not sent.')
    // Behind one address there are many hosts, and this header chooses.
    if (new Headers(init.headers).has('host'))
      throw new InputError('A request with a secret goes to the host of its address: give it no Host header.')
    let denied: ToolDeniedError | undefined
    const mayHave = ({ ruleId }: { readonly ruleId: string }): boolean => {
      const host = rule.refused(ruleId, [request.url.hostname])
      denied = host === undefined ? undefined : new ToolDeniedError(task, ruleId, host)
      return denied === undefined
    }
    const interrupt = isRunning(config) ? { interrupt: await loadInterrupt() } : {}
    const work = (values: Values) => {
      const filled = mapRequest(request, (text, encode) => replaceHandles(text, values, encode))
      return send(filled.url, { ...filled.init, redirect: 'manual' })
    }
    try {
      return await claimAll(secrets, [...handles], { task, mayHave, ...interrupt }, work)
    } catch (error) {
      throw denied !== undefined && error instanceof UnresolvedClaimError ? denied : error
    }
  }
}
