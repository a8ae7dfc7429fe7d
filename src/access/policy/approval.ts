import type { ApprovalRequirement } from '../authorizer.js'
import { patternCovers } from './name-patterns.js'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/**
 * One requirement that fulfils each of several: people whom all of them accept, as many as any of them needs, within
 * the shortest times. Null when nobody is accepted by all.
 */
export function mergeApprovals(requirements: readonly ApprovalRequirement[]): ApprovalRequirement | null {
  const [first, ...others] = requirements
  if (first === undefined) return null
  const merged = others.reduce(
    (a, b) => ({
      approvers: commonApprovers(a.approvers, b.approvers),
      needed: Math.max(a.needed ?? 1, b.needed ?? 1),
      requestTtlMs: Math.min(a.requestTtlMs ?? DAY_MS, b.requestTtlMs ?? DAY_MS),
      validMs: Math.min(a.validMs ?? HOUR_MS, b.validMs ?? HOUR_MS),
    }),
    first,
  )
  return merged.approvers.length === 0 ? null : merged
}

/** The narrower of each two patterns; two that only overlap accept nobody, rather than somebody whom one of them does not. */
function commonApprovers(a: readonly string[], b: readonly string[]): readonly string[] {
  return [
    ...new Set([
      ...a.filter((mine) => b.some((theirs) => patternCovers(theirs, mine))),
      ...b.filter((mine) => a.some((theirs) => patternCovers(theirs, mine))),
    ]),
  ].toSorted()
}
