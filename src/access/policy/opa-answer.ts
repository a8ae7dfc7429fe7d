import type { ApprovalRequirement, Decision } from '../authorizer.js'
import { UNAVAILABLE } from './unavailable.js'

const MAX_APPROVERS = 1_000

/**
 * What OPA answered. A reason that is an identifier is taken for the rule's name; any other text of it is dropped, since
 * decisions are recorded.
 */
export function parseOpaAnswer(text: string): Decision {
  let result: unknown
  try {
    result = (JSON.parse(text) as { readonly result?: unknown } | null)?.result
  } catch {
    return UNAVAILABLE
  }
  if (typeof result === 'boolean') return decisionOf({ allow: result })
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return UNAVAILABLE
  return decisionOf(result)
}

function decisionOf(result: {
  readonly allow?: unknown
  readonly reason?: unknown
  readonly approval?: unknown
  readonly forbidden?: unknown
}): Decision {
  const { allow, reason, approval, forbidden = true } = result
  const rule = typeof reason === 'string' && /^[A-Za-z0-9][\w.:-]{0,127}$/.test(reason) ? { rule: reason } : {}
  if (typeof forbidden !== 'boolean') return UNAVAILABLE
  if (allow === false) return { allowed: false, reason: 'OPA denies it', ...rule, forbidden }
  if (allow !== true) return UNAVAILABLE
  if (approval === undefined || approval === null) return { allowed: true, reason: 'OPA allows it', ...rule }
  const asked = requirementOf(approval)
  return asked === undefined ? UNAVAILABLE : { allowed: true, reason: 'needs approval', ...rule, approval: asked }
}

function requirementOf(given: unknown): ApprovalRequirement | undefined {
  if (typeof given !== 'object' || given === null) return undefined
  const { approvers, needed, requestTtlMs, validMs } = given as Readonly<Record<string, unknown>>
  const isNames =
    Array.isArray(approvers) &&
    approvers.length > 0 &&
    approvers.length <= MAX_APPROVERS &&
    approvers.every((name) => typeof name === 'string' && name !== '' && name.length <= 256)
  const numbers = Object.entries({ needed, requestTtlMs, validMs }).filter(([, value]) => value !== undefined)
  const isWhole = numbers.every(([, value]) => Number.isSafeInteger(value) && (value as number) >= 1)
  return isNames && isWhole ? { approvers: approvers as string[], ...Object.fromEntries(numbers) } : undefined
}
