import type { Detector } from '../detect/detector.js'
import { createDetector } from '../detect-entry.js'

/** What is scanned without the fast search in less time than it takes to prepare. */
export const BRIEF_CHARS = 32_768

let detector: Detector | undefined

/** The stock rules and nothing else, built once: a configuration is read by them, and is often content with them. */
export function stockDetector(): Detector {
  detector ??= createDetector({ prepareAfter: BRIEF_CHARS })
  return detector
}
