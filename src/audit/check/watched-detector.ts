import type { SecretSafeConfig } from '../../config/config.js'
import { detectorOf } from '../../config/detector-of.js'
import type { Allowed } from '../../detect/allow-list.js'
import type { Detector } from '../../detect/detector.js'

/** A configuration's detector, and what its allow list passes over while somebody listens. */
export class WatchedDetector {
  readonly detector: Detector
  #heard: Allowed[] = []

  /** @throws ConfigError, KeyInvalidError */
  constructor(config: SecretSafeConfig) {
    this.detector = detectorOf(config, { onAllowed: (allowed) => this.#heard.push(allowed), isBrief: true })
  }

  /** What was allowed during the call. */
  watch<T>(work: () => T): { readonly result: T; readonly allowed: readonly Allowed[] } {
    this.#heard = []
    const result = work()
    const allowed = this.#heard
    this.#heard = []
    return { result, allowed }
  }
}
