import type { Detector } from '../detect/detector.js'
import type { Rule } from '../detect/types.js'
import { createDetector, stockRules } from '../detect-entry.js'
import type { SecretSafeConfig } from './config.js'

/**
 * The detector that a configuration describes: the stock rules with the configured actions, and the extra rules.
 * @throws ConfigError if an extra rule is not usable.
 */
export function detectorOf({ detector = {} }: SecretSafeConfig): Detector {
  const { rules: actions = {}, fields = [], extraRules = [] } = detector
  const configured = (rule: Rule): Rule => {
    const action = Object.hasOwn(actions, rule.id) ? actions[rule.id] : undefined
    return action === undefined ? rule : { ...rule, action }
  }
  return createDetector({ rules: [...stockRules.map(configured), ...extraRules], fields })
}
