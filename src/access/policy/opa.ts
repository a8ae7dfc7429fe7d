import { ConfigError } from '../../errors.js'
import { type AccessRequest, type Authorizer, type Decision, sameTenantAuthorizer } from '../authorizer.js'
import { parseOpaAnswer } from './opa-answer.js'
import type { SecretClasses } from './secret-class.js'
import { UNAVAILABLE } from './unavailable.js'

const DEFAULT_TIMEOUT_MS = 1_000
const MAX_ANSWER_BYTES = 64 * 1024
const MAX_CACHED = 10_000

export interface OpaOptions {
  /** Of the server, such as `http://127.0.0.1:8181`: `https`, or `http` on this machine alone. */
  readonly url: string
  /** Of the decision, such as `secret_safe/decision`. */
  readonly path: string
  /** For the whole answer; 1,000 unless told. */
  readonly timeoutMs?: number
  /** Sent as a bearer token; a function is asked each time. */
  readonly token?: string | (() => string | Promise<string>)
  /** How long an answer may be used again for an equal request; not at all unless told. What changes meanwhile is late by as much. */
  readonly cacheMs?: number
  /** Sent along as `environment`. */
  readonly environment?: string
}

/**
 * Open Policy Agent over its REST API. `POST /v1/data/<path>` with `{ input }`; the result is a boolean, or
 * `{ allow, reason?, approval?, forbidden? }`. Whatever else comes (no answer in time, a redirect, an error, HTML, a
 * result that is undefined) denies.
 * @throws ConfigError for options that cannot be used.
 * @see https://www.openpolicyagent.org/docs/latest/rest-api/#get-a-document-with-input
 */
export function openOpa(options: OpaOptions & { readonly classes: SecretClasses }): Authorizer {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, token, cacheMs = 0, environment, classes } = options
  const target = targetOf(options)
  for (const [name, value, least] of [
    ['timeoutMs', timeoutMs, 1],
    ['cacheMs', cacheMs, 0],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < least)
      throw new ConfigError(`opaAuthorizer: ${name} is a whole number from ${least}.`)
  }
  const cache = new AnswerCache(cacheMs)

  async function ask(request: AccessRequest): Promise<Decision> {
    try {
      const key = JSON.stringify(inputOf(request, classes, environment, false))
      const known = cache.get(key)
      if (known !== undefined) return known
      const bearer = typeof token === 'function' ? await token() : token
      const response = await fetch(target, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        },
        body: JSON.stringify({ input: inputOf(request, classes, environment, true) }),
        // Whoever answers for OPA could send the request, and its token, anywhere else.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      })
      if (response.status !== 200) {
        await response.body?.cancel()
        return UNAVAILABLE
      }
      const decision = parseOpaAnswer(await readCapped(response))
      if (decision !== UNAVAILABLE) cache.set(key, decision)
      return decision
    } catch {
      return UNAVAILABLE
    }
  }

  return {
    async decide(request) {
      const base = sameTenantAuthorizer.decide(request)
      if (base.forbidden === true) return base
      const decision = await ask(request)
      if (base.allowed || !decision.allowed) return decision
      // A grant may lift an allow list, but does not stand in for an approval.
      return decision.approval === undefined ? base : { ...base, forbidden: true }
    },
  }
}

/** @throws ConfigError */
function targetOf({ url, path }: OpaOptions): URL {
  const base = URL.canParse(url) ? new URL(url) : undefined
  if (base === undefined || base.username !== '' || base.password !== '' || base.search !== '' || base.hash !== '')
    throw new ConfigError('opaAuthorizer: url is the address of an OPA server, without a user, a password or a query.')
  if (base.protocol !== 'https:' && !(base.protocol === 'http:' && isLoopback(base.hostname)))
    throw new ConfigError('opaAuthorizer: url is https, or http on this machine (127.0.0.1, [::1], localhost).')
  const names = path.split('/')
  if (!names.every((name) => /^[\w-]+(?:\.[\w-]+)*$/.test(name)))
    throw new ConfigError('opaAuthorizer: path is that of a rule, such as secret_safe/decision.')
  return new URL(`${base.href.replace(/\/$/, '')}/v1/data/${names.join('/')}`)
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)

/** What OPA is told. Names and ids; a claim's value is not among them. */
function inputOf(request: AccessRequest, classes: SecretClasses, environment: string | undefined, withTime: boolean) {
  const { principal, verb, claim, at } = request
  const { now, ...place } = at
  const { provider, kind, severity } = classes.of(claim.ruleId)
  const { sub, act, tenant, runId, claims, via = 'code' } = principal
  return {
    principal: { sub, act, tenant, runId, claims, via },
    verb,
    claim: { ...claim, provider, kind, severity },
    at: withTime ? { now, time: new Date(now).toISOString(), ...place } : place,
    environment,
  }
}

/** @throws RangeError as soon as it is over the cap. */
async function readCapped(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > MAX_ANSWER_BYTES) throw new RangeError('an answer over the cap')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Answers by request, for as long as they may be used. The oldest goes first when it is full. */
class AnswerCache {
  readonly #ttlMs: number
  readonly #answers = new Map<string, { readonly decision: Decision; readonly endsAt: number }>()

  constructor(ttlMs: number) {
    this.#ttlMs = ttlMs
  }

  get(key: string): Decision | undefined {
    const found = this.#answers.get(key)
    if (found === undefined) return undefined
    if (performance.now() < found.endsAt) return found.decision
    this.#answers.delete(key)
    return undefined
  }

  set(key: string, decision: Decision): void {
    if (this.#ttlMs === 0) return
    this.#answers.delete(key)
    if (this.#answers.size >= MAX_CACHED) this.#answers.delete(this.#answers.keys().next().value!)
    this.#answers.set(key, { decision, endsAt: performance.now() + this.#ttlMs })
  }
}
