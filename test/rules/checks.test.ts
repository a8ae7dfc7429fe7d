import { describe, expect, it } from 'vitest'
import { Scanner } from '../../src/detect/scanner.js'
import { base62, crc32 } from '../../src/rules/checks.js'
import { stockRules } from '../../src/rules/index.js'
import { fillTemplate } from '../../src/testing/templates.js'

const scanner = new Scanner(stockRules)
const confidence = (text: string) => scanner.scan(text).map((hit) => hit.confidence)

describe('checksums', () => {
  it('follow CRC-32 as everyone else computes it, in six base-62 digits', () => {
    expect(crc32('123456789')).toBe(0xcbf43926)
    expect(base62(61)).toBe('00000z')
    expect(base62(62 ** 5)).toBe('100000')
  })

  it.each(['github-pat', 'npm', 'grafana'])('make a %s token certain, and do not drop one that fails', (name) => {
    const valid = fillTemplate(`{{token:${name}}}`)
    expect(confidence(valid)).toEqual(['certain'])
    const last = valid.at(-1) === '0' ? '1' : '0'
    expect(confidence(valid.slice(0, -1) + last)).toEqual(['high'])
  })
})
