import type { Detector, DetectorOptions } from '../detect/detector.js'
import type { Rule } from '../detect/types.js'
import { createDetector, stockRules } from '../detect-entry.js'
import type { SecretSafeConfig } from './config.js'
import { toRule } from './custom-rule.js'
import { fingerprintFor } from './fingerprint.js'
import { successorOf, withActions } from './rule-ids.js'
import { BRIEF_CHARS, stockDetector } from './stock-detector.js'

/**
 * The detector that a configuration describes: the stock rules and the configuration's own, with the configured actions,
 * and its allow list.
 * @throws ConfigError if a rule or an entry is not usable; KeyInvalidError if an entry has a fingerprint, and
 * `SECRET_SAFE_FINGERPRINT_KEY` is not set.
 * @param options `onAllowed` is called for each finding that the allow list passes over; `isBrief` for a process that may
 * scan little and end.
 */
export function detectorOf(
  config: SecretSafeConfig,
  { onAllowed, isBrief = false }: Pick<DetectorOptions, 'onAllowed'> & { readonly isBrief?: boolean } = {},
): Detector {
  if (Object.keys(config.detector ?? {}).length === 0) {
    const detector = stockDetector()
    if (!isBrief) detector.scanner.prepare()
    return detector
  }
  const { rules = {}, kinds = {}, fields = [], allow = [] } = config.detector ?? {}
  const fingerprint = fingerprintFor(allow.flatMap((entry) => entry.fingerprint ?? []))
  const known = rulesOf(config)
  return createDetector({
    rules: withActions(known, rules, kinds),
    fields,
    prepareAfter: isBrief ? BRIEF_CHARS : 0,
    allow: allow.map((entry) => {
      const successor = entry.rule === undefined ? undefined : successorOf(entry.rule, known)
      return successor === undefined ? entry : { ...entry, rule: successor }
    }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(onAllowed === undefined ? {} : { onAllowed }),
  })
}

/** The stock rules and a configuration's own; `stock` is given in tests. */
export function rulesOf({ detector = {} }: SecretSafeConfig, stock: readonly Rule[] = stockRules): readonly Rule[] {
  const { customRules = [], extraRules = [] } = detector
  return [...stock, ...customRules.map(toRule), ...extraRules]
}
