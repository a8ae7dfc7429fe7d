import { ConfigError } from '../../errors.js'
import type { ApprovalRequirement } from '../authorizer.js'
import type { Cedar } from './cedar.js'

export interface CedarPolicy {
  readonly text: string
  /** Of a permit with `@approvers`. */
  readonly approval: ApprovalRequirement | undefined
}

/**
 * The policies of a text, by id: `@id("…")`, else their number from 0. Annotations of a permit ask for approval:
 * `@approvers("lead-*, security")`, and with it `@needed("2")`, `@requestTtlMs("…")`, `@validMs("…")`.
 * @throws ConfigError that names the line and column, or the policy; it never quotes the text.
 */
export function readCedarPolicies(cedar: Cedar, text: string, schema: string): ReadonlyMap<string, CedarPolicy> {
  const parts = cedar.policySetTextToParts(text)
  if (parts.type !== 'success') throw malformed(text, parts.errors)
  if (parts.policy_templates.length > 0) throw new ConfigError('Cedar policies: templates are not supported.')
  if (parts.policies.length === 0) throw new ConfigError('Cedar policies: expected at least one policy.')
  const found = new Map<string, CedarPolicy>()
  for (const [i, part] of parts.policies.entries()) {
    const json = cedar.policyToJson(part)
    if (json.type !== 'success') throw malformed(text, json.errors)
    const { annotations = {}, effect } = json.json
    const id = annotations.id ?? String(i)
    const where = `Cedar policy ${at(text, text.indexOf(part))}`
    if (!/^[A-Za-z0-9][\w.:-]{0,127}$/.test(id))
      throw new ConfigError(`${where}: expected an @id of letters, digits, ".", "_", ":" and "-".`)
    if (found.has(id)) throw new ConfigError(`${where}: another policy has this @id.`)
    found.set(id, { text: part, approval: approvalOf(annotations, effect, where) })
  }
  validate(cedar, text, schema, found)
  return found
}

/** Strictly: an attribute that may be absent has to be asked for first, or its policy would fail at a restore. */
function validate(cedar: Cedar, text: string, schema: string, policies: ReadonlyMap<string, CedarPolicy>): void {
  const staticPolicies = Object.fromEntries([...policies].map(([id, policy]) => [id, policy.text]))
  const answer = cedar.validate({ schema, policies: { staticPolicies } })
  if (answer.type !== 'success') throw new ConfigError('The Cedar schema cannot be parsed.')
  const [error] = answer.validationErrors
  if (error === undefined) return
  const start = text.indexOf(policies.get(error.policyId)!.text)
  const offset = error.error.sourceLocations?.[0]?.start ?? 0
  throw new ConfigError(
    `Cedar policy ${at(text, start + offset)}: does not fit the schema: an unknown name, another type, or an attribute that may be absent and was not asked for with "has".`,
  )
}

function approvalOf(
  annotations: Readonly<Record<string, string>>,
  effect: 'permit' | 'forbid',
  where: string,
): ApprovalRequirement | undefined {
  const { approvers, ...others } = annotations
  const numbers = (['needed', 'requestTtlMs', 'validMs'] as const).flatMap((name) => {
    const given = others[name]
    if (given === undefined) return []
    if (!/^[1-9]\d{0,14}$/.test(given)) throw new ConfigError(`${where}: expected a whole number from 1 in @${name}.`)
    return [[name, Number(given)] as const]
  })
  if (approvers === undefined) {
    if (numbers.length > 0) throw new ConfigError(`${where}: @${numbers[0]![0]} goes with @approvers.`)
    return undefined
  }
  if (effect === 'forbid') throw new ConfigError(`${where}: @approvers goes with permit alone.`)
  const names = approvers.split(',').map((name) => name.trim())
  if (names.includes('')) throw new ConfigError(`${where}: expected names in @approvers, with commas between them.`)
  return { approvers: names, ...Object.fromEntries(numbers) }
}

function malformed(
  text: string,
  errors: readonly { readonly sourceLocations?: readonly { readonly start: number }[] }[],
) {
  const start = errors[0]?.sourceLocations?.[0]?.start
  return new ConfigError(`Cedar policies${start === undefined ? '' : ` ${at(text, start)}`}: cannot be parsed.`)
}

/** @param offset in bytes of UTF-8, as Cedar counts; where all is ASCII the same as in characters. */
function at(text: string, offset: number): string {
  const before = Buffer.from(text).subarray(0, Math.max(0, offset)).toString('utf8').split('\n')
  return `at ${before.length}:${before.at(-1)!.length + 1}`
}
