import type { Finding, Hit } from './types.js'

/** The part of a hit that may leave the process. Written field by field, so that no plaintext can slip in. */
export function toFinding(hit: Hit, path: readonly (string | number)[] = [], inKey = false): Finding {
  return {
    ruleId: hit.rule.id,
    kind: hit.rule.kind,
    severity: hit.rule.severity,
    confidence: hit.confidence,
    action: hit.rule.action,
    path: [...path],
    inKey,
    start: hit.start,
    end: hit.end,
    encodings: [...hit.encodings],
  }
}
