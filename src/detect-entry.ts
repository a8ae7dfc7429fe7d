import { buildDetector, type Detector, type DetectorOptions } from './detect/detector.js'
import { stockRules } from './rules/index.js'

export type { Detector, DetectorOptions } from './detect/detector.js'
export type { ScanStream } from './detect/scan-stream.js'
export type {
  Confidence,
  Encoding,
  Finding,
  Rule,
  RuleAction,
  RuleContext,
  RuleDefinition,
  ScanContext,
  SecretKind,
  Severity,
} from './detect/types.js'
export { stockRules } from './rules/index.js'

/**
 * Makes a detector from the stock rules, or from `rules` in their place.
 * @throws ConfigError if a rule or a field path is not usable.
 */
export function createDetector(options: DetectorOptions = {}): Detector {
  return buildDetector({ ...options, rules: options.rules ?? stockRules })
}
