import type { Detector } from '../detect/detector.js'
import type { Rule } from '../detect/types.js'
import { createDetector, stockRules } from '../detect-entry.js'
import type { SecretSafeConfig } from './config.js'
import { toRule } from './custom-rule.js'
import { fingerprintFor } from './fingerprint.js'
import { successorOf, withActions } from './rule-ids.js'

/**
 * The detector that a configuration describes: the stock rules and the configuration's own, with the configured actions,
 * and its allow list.
 * @throws ConfigError if a rule or an entry is not usable; KeyInvalidError if an entry has a fingerprint, and
 * `SECRET_SAFE_FINGERPRINT_KEY` is not set.
 */
export function detectorOf(config: SecretSafeConfig): Detector {
  const { rules = {}, kinds = {}, fields = [], allow = [] } = config.detector ?? {}
  const fingerprint = fingerprintFor(allow.flatMap((entry) => entry.fingerprint ?? []))
  const known = rulesOf(config)
  return createDetector({
    rules: withActions(known, rules, kinds),
    fields,
    allow: allow.map((entry) => {
      const successor = entry.rule === undefined ? undefined : successorOf(entry.rule, known)
      return successor === undefined ? entry : { ...entry, rule: successor }
    }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  })
}

/** The stock rules and a configuration's own; `stock` is given in tests. */
export function rulesOf({ detector = {} }: SecretSafeConfig, stock: readonly Rule[] = stockRules): readonly Rule[] {
  const { customRules = [], extraRules = [] } = detector
  return [...stock, ...customRules.map(toRule), ...extraRules]
}
