import { describe, expect, it, vi } from 'vitest'
import { createCanary } from '../../src/testing/leak/canary.js'
import { dumpError, watchOutput } from '../../src/testing/leak/dump/output.js'
import { findCanaries } from '../../src/testing/leak/search.js'

const token = createCanary('token')
const canaries = new Map([['the token', token]])

describe('output watch', () => {
  it('sees what is logged in an object, and what is written to the streams', () => {
    const printed = vi.spyOn(console, 'debug').mockImplementation(() => {})
    const output = watchOutput()
    try {
      console.debug('x', { deep: { item: token } })
      process.stderr.write('')
    } finally {
      output.stop()
    }
    expect(findCanaries(output.dump(), canaries)).toMatchObject([{ area: 'log', place: 'console.debug' }])
    expect(printed).toHaveBeenCalledOnce()
    expect(console.debug).toBe(printed)
    printed.mockRestore()
  })

  it.each([
    ['message', new Error(`for ${token}`)],
    ['cause', new Error('outer', { cause: new Error('inner', { cause: token }) })],
    ['own property', Object.assign(new Error('outer'), { request: { item: token } })],
    ['toJSON', Object.assign(new Error('outer'), { toJSON: () => ({ item: token }) })],
  ])('sees a secret in an error: %s', (_, error) => {
    expect(findCanaries([dumpError(error, 'thrown')], canaries)).toMatchObject([{ area: 'error' }])
  })
})
