import { describe, expect, it } from 'vitest'
import { ProcessValues } from '../../../src/vault/scrub/process-values.js'
import { opaqueSecret } from '../../support/secrets.js'

describe('what a process knows', () => {
  it('is found among thousands, and what came first is forgotten when there are more', () => {
    const known = new ProcessValues()
    const values = Array.from({ length: 7_000 }, opaqueSecret)
    const finds = (value: string) => known.find(`a ${value} b`).some(({ secret }) => secret === value)
    for (const [i, value] of values.entries()) {
      known.add(value)
      if (i % 500 === 0) expect(finds(value), `value ${i}`).toBe(true)
    }
    expect(known.size).toBeLessThan(4_400)
    expect(values.slice(-2_000).every(finds)).toBe(true)
    expect(values.slice(0, 2_000).some(finds)).toBe(false)
  })

  it('is found in the order in which it stands, and once for each place', () => {
    const known = new ProcessValues()
    const [first, second] = [opaqueSecret(), opaqueSecret()]
    for (let i = 0; i < 100; i++) known.add(opaqueSecret())
    for (const value of [first, second, first]) known.add(value)
    expect(known.find(`${second} ${first}`).map(({ secret }) => secret)).toEqual([second, first])
  })
})
