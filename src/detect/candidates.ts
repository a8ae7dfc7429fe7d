import type { CompiledRule, RuleMatch } from './compiled-rule.js'
import { cookieSpans } from './cookie.js'
import type { Span } from './credential.js'
import type { Decoded } from './decode/index.js'
import type { FieldClass } from './fields.js'
import { type Candidate, pickBest } from './resolve.js'
import type { Confidence, Encoding } from './types.js'

/** Tries rules on a value as a whole; a match may reach beyond it, where nothing told its end. */
export function matchWhole(
  text: string,
  start: number,
  end: number,
  rules: readonly CompiledRule[],
  found: Candidate[],
): void {
  for (const rule of rules) {
    const match = rule.matchAt(text, start)
    if (match !== undefined && match.end >= end) found.push(ruleCandidate(rule, match, text))
  }
}

/** Takes what was found in a decoded part back to where it is stored. */
export function addDecoded(text: string, decoded: Decoded, inner: Candidate[], found: Candidate[]): void {
  const { encoding } = decoded
  const map = decoded.locate?.()
  if (map === undefined) {
    const best = pickBest(inner)
    found.push({ ...best, start: decoded.start, end: decoded.end, encodings: [encoding, ...best.encodings] })
    return
  }
  for (const hit of inner) {
    // What touches a cut edge may be the rest of something longer; the text around it has been read as it stands.
    if (
      (hit.start === 0 && decoded.start > 0 && encoding === 'json') ||
      (hit.end === decoded.text.length && decoded.end < text.length && encoding === 'json')
    )
      continue
    const start = map.start(hit.start)
    const end = map.end(hit.end)
    const literal = text.slice(start, end) === decoded.text.slice(hit.start, hit.end)
    found.push({ ...hit, start, end, encodings: literal ? hit.encodings : [encoding, ...hit.encodings] })
  }
}

export const ruleCandidate = (rule: CompiledRule, match: RuleMatch, text: string): Candidate => ({
  ...candidate(rule.rule, match.confidence, match.start, match.end, text.slice(match.start, match.end), []),
  specific: rule.rule.provider !== 'generic',
})

export function candidate(
  rule: Candidate['rule'],
  confidence: Confidence,
  start: number,
  end: number,
  secret: string,
  encodings: readonly Encoding[],
): Candidate {
  const { id, kind, severity, action } = rule
  return {
    rule: { id, kind, severity, action },
    confidence,
    start,
    end,
    encodings,
    secret,
    specific: false,
    loose: false,
  }
}

/** A cookie header holds several values, and between them what is no secret. */
export function partsOf(named: FieldClass, text: string, start: number, end: number): readonly Span[] {
  const spans = named === 'cookie' ? cookieSpans(text, start, end) : []
  return spans.length > 1 ? spans : [{ start, end }]
}
