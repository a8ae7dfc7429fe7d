import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { SecretSafeConfig } from '../../src/config/config.js'
import { detectorOf } from '../../src/config/detector-of.js'
import { validateConfig } from '../../src/config/validate.js'
import { createDetector, type Detector, stockRules } from '../../src/detect-entry.js'
import { fillTemplate } from '../../src/testing/templates.js'
import { blocksOf } from '../repo/markdown.js'

const blocks = (language: string): readonly string[] =>
  blocksOf('docs/detector.md')
    .filter((block) => block.language === language)
    .map((block) => block.code)

describe('docs/detector.md', () => {
  it.each(blocks('yaml').map((code) => [code]))('shows a configuration that works: %s', (code) => {
    const config = validateConfig(parse(code), { name: 'docs/detector.md' })
    const allow = (config.detector?.allow ?? []).filter(({ fingerprint }) => fingerprint === undefined)
    expect(() => detectorOf({ detector: { ...config.detector, allow } } as SecretSafeConfig)).not.toThrow()
  })

  it('shows a rule in code that works', () => {
    const [code] = blocks('ts')
    // To load it as a module would compile all of the rules once more.
    const body = code!
      .replace(/^import .*\n/, '')
      .replace(': Rule =', ' =')
      .replace('export const detector =', 'return')
    const detector = new Function('createDetector', 'stockRules', body)(createDetector, stockRules) as Detector
    const text = `use ${fillTemplate('acme_{{base62:32}}')}.`
    expect(detector.scanText(text)).toMatchObject([{ ruleId: 'acme-api-key', confidence: 'certain' }])
  })
})
