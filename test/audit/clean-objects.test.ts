import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CleanObjects } from '../../src/audit/decode/clean-objects.js'

const message = (content: string) =>
  Buffer.from(
    `{"lc":1,"type":"constructor","id":["langchain_core","messages","HumanMessage"],"kwargs":{"content":"${content}"}}`,
  )

describe('objects that were read clean', () => {
  it('are known again by all of their bytes, wherever they stand', () => {
    const clean = new CleanObjects()
    const object = message('What is the weather like in Oslo?'.repeat(9))
    clean.add(Buffer.concat([Buffer.from('ahead'), object]), 5, 5 + object.length)
    expect(clean.lengthAt(object, 0)).toBe(object.length)
    expect(clean.lengthAt(Buffer.concat([Buffer.from('[1,'), object, Buffer.from(']')]), 3)).toBe(object.length)
  })

  it('are not known when any byte of them is another, or the last ones are missing', () => {
    const clean = new CleanObjects()
    const object = message('a'.repeat(400))
    clean.add(object, 0, object.length)
    for (let i = 0; i < object.length; i++) {
      const changed = Buffer.from(object)
      changed[i]! ^= 1
      expect(clean.lengthAt(changed, 0)).toBe(0)
    }
    expect(clean.lengthAt(object.subarray(0, -1), 0)).toBe(0)
  })

  it('are forgotten once others took their place, so that half of one and half of another is never taken for one', () => {
    const clean = new CleanObjects()
    const objects = Array.from({ length: 30 }, () => message(randomBytes(200_000).toString('hex')))
    for (const object of objects) clean.add(object, 0, object.length)
    const known = objects.map((object) => clean.lengthAt(object, 0) > 0)
    expect(known.at(-1)).toBe(true)
    expect(known[0]).toBe(false)
    expect(known.lastIndexOf(false)).toBe(known.indexOf(true) - 1)
    for (const [i, object] of objects.entries()) {
      const other = objects[(i + 1) % objects.length]!
      const half = object.length >> 1
      expect(clean.lengthAt(Buffer.concat([object.subarray(0, half), other.subarray(half)]), 0)).toBe(0)
    }
  })

  it('are all forgotten at once where other secrets are looked for', () => {
    const clean = new CleanObjects()
    const object = message('hello '.repeat(50))
    clean.add(object, 0, object.length)
    clean.clear()
    expect(clean.lengthAt(object, 0)).toBe(0)
  })
})
