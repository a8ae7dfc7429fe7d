import type { SecretSafeConfig } from '../../config/config.js'
import { rulesOf } from '../../config/detector-of.js'
import type { Detector } from '../../detect/detector.js'
import type { CollectorState } from '../collect/collector.js'
import { RuleCatalog } from '../collect/rule-catalog.js'
import { Shown } from '../collect/shown.js'
import { type ScanTools, scanTools } from '../scan/unit-scanner.js'
import type { ReadFilter, SourceSpec, Unit } from '../sources/source.js'
import type { Rate } from './pace.js'

/** One unit of one source, to be read by whoever takes it. */
export interface Task {
  readonly source: number
  readonly unit: Unit
}

/** What was found in it; null when it was interrupted. */
export interface TaskResult {
  readonly state: CollectorState | null
  /** Told by a file's source only once it was read. */
  readonly kind: string
  readonly layout: string | null
}

/** What every worker of an audit needs to know; JSON. */
export interface WorkPlan {
  readonly specs: readonly SourceSpec[]
  /** Of fingerprints. */
  readonly key: string
  readonly filter: ReadFilter
  readonly since: number | null
  readonly rate: Rate | null
}

export function toolsFor(config: SecretSafeConfig, detector: Detector): ScanTools {
  return scanTools(detector, new RuleCatalog(rulesOf(config)), new Shown(detector.scanner))
}
