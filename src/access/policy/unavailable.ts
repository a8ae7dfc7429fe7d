import type { Decision } from '../authorizer.js'

/** An engine that fails, times out or answers nonsense denies. What it said is not repeated. */
export const UNAVAILABLE: Decision = Object.freeze({ allowed: false, reason: 'policy unavailable', forbidden: true })
