import type { Detector } from '../detect/detector.js'
import type { Finding } from '../detect/types.js'
import { createDetector } from '../detect-entry.js'

export interface HoldNoSecretsOptions {
  /** The stock rules unless told; `detectorOf` of your configuration's, or `createDetector` with rules of your own. */
  readonly detector?: Detector
}

declare module 'vitest' {
  // The name and the parameter are vitest's.
  // biome-ignore lint/suspicious/noExplicitAny: a declaration merges only when its parameters are the same
  interface Matchers<T = any> {
    /** Fails when a text, bytes, or a value of any shape holds a secret; says where, and never which. */
    toHoldNoSecrets(options?: HoldNoSecretsOptions): T
  }
}

const MAX_SHOWN = 20
let stock: Detector | undefined

/**
 * A matcher for `expect.extend({ toHoldNoSecrets })`: no secret in a dump, a log, a recorded response or a state. Text that
 * is JSON is read with its structure, too. What vitest prints never holds what was found.
 */
export function toHoldNoSecrets(
  received: unknown,
  { detector }: HoldNoSecretsOptions = {},
): { readonly pass: boolean; message(): string } {
  // What a rule only reports, such as a publishable key, fails no build.
  const findings = findingsIn(received, detector ?? stockDetector()).filter(({ action }) => action === 'seal')
  return {
    pass: findings.length === 0,
    message: () =>
      findings.length === 0
        ? 'expected a secret, and found none by the rules of the detector'
        : `expected no secret, and found ${findings.length}:\n${describe(findings)}`,
  }
}

function stockDetector(): Detector {
  stock ??= createDetector()
  return stock
}

function findingsIn(value: unknown, detector: Detector): readonly Finding[] {
  if (typeof value === 'string') {
    const parsed = jsonOf(value)
    const structured = parsed === undefined ? [] : detector.scanValue(parsed)
    return structured.length > 0 ? structured : detector.scanText(value)
  }
  if (value instanceof ArrayBuffer) return detector.scanBytes(new Uint8Array(value))
  return value instanceof Uint8Array ? detector.scanBytes(value) : detector.scanValue(value)
}

/** Undefined for what is no object or list. */
function jsonOf(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function describe(findings: readonly Finding[]): string {
  const lines = findings.slice(0, MAX_SHOWN).map(({ ruleId, path, inKey, start, end }) => {
    const where = path.length === 0 ? '' : ` at ${path.join('.')}${inKey ? ' (in a key)' : ''}`
    return `  ${ruleId}${where}, ${end - start} characters from ${start}`
  })
  const more = findings.length - lines.length
  return [...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n')
}
