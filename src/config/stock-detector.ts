import type { Detector } from '../detect/detector.js'
import { createDetector } from '../detect-entry.js'

let detector: Detector | undefined

/** The stock rules and nothing else, built once: a configuration is read by them, and is often content with them. */
export function stockDetector(): Detector {
  detector ??= createDetector()
  return detector
}
