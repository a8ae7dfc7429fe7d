import { describe, expect, it } from 'vitest'
import { StateParser } from '../../src/audit/decode/state-parser.js'

const NAME = 'reference'

const message = (content: string, more = '') =>
  `{"lc":1,"type":"constructor","id":["langchain_core","messages","HumanMessage"],"kwargs":{"content":"${content}"${more}}}`
const state = (...messages: readonly string[]) =>
  Buffer.from(`{"channel_values":{"messages":[${messages.join(',')}],"é":["after"]}}`)

/** Parses, calls all of it clean, and tells what there was to read in each message: null for one that was known. */
function read(parser: StateParser, bytes: Buffer, key = 'thread'): unknown[] {
  const parsed = parser.parse(bytes, key)!
  const { messages, é } = (parsed.value as { channel_values: { messages: Record<string, unknown>[]; é: unknown } })
    .channel_values
  expect(é).toEqual(['after'])
  const contents = messages.map((item) => {
    const part = item === null ? undefined : parsed.parts!.at(item)
    if (part !== undefined) parser.addClean(part)
    return part === undefined ? item : (part.value as { kwargs: { content: string } }).kwargs.content
  })
  if (parsed.isWhole) parser.confirm()
  return contents
}

describe('state in which most was read before', () => {
  const [a, b, c] = ['one — é 漢字 😀', 'two \\"quoted\\"', 'three'].map((text) => message(text)) as [
    string,
    string,
    string,
  ]
  const d = message('four')

  it('is read where it is new: at the end, in the middle, at the beginning, in another thread', () => {
    const parser = new StateParser(NAME)
    expect(read(parser, state(a, b))).toEqual(['one — é 漢字 😀', 'two "quoted"'])
    expect(read(parser, state(a, b, c))).toEqual([null, null, 'three'])
    expect(read(parser, state(a, d, c))).toEqual([null, 'four', null])
    expect(read(parser, state(message('first'), a, d, c))).toEqual(['first', null, null, null])
    expect(read(parser, state(a, message('last')), 'other')).toEqual([null, 'last'])
  })

  it('is known when the list has become shorter, and when it has grown again', () => {
    const parser = new StateParser(NAME)
    read(parser, state(a, b, c, d))
    expect(read(parser, state(a, b))).toEqual([null, null])
    expect(read(parser, state(a))).toEqual([null])
    expect(read(parser, state(a, b, c, d, message('five')))).toEqual([null, null, null, null, 'five'])
  })

  it('is read as a whole where messages are nested, and knows those as one', () => {
    const parser = new StateParser(NAME)
    const outer = message('outer', `,"additional_kwargs":{"inner":[${a},${b}],"more":${c}}`)
    expect(read(parser, state(outer, d))).toEqual(['outer', 'four'])
    expect(read(parser, state(outer, d))).toEqual([null, null])
  })

  it('is read again where a field stands twice, since its value does not tell what its bytes hold', () => {
    const parser = new StateParser(NAME)
    const twice = message('first', ',"content":"second"')
    for (const key of ['thread', 'other']) {
      expect(parser.parse(state(twice, a), key)!.isWhole).toBe(false)
      expect(read(parser, state(twice, a), key)[0]).toBe('second')
    }
  })

  it('is read again once other secrets are looked for', () => {
    const parser = new StateParser(NAME)
    read(parser, state(a, b))
    parser.clear()
    expect(read(parser, state(a, b))).toEqual(['one — é 漢字 😀', 'two "quoted"'])
  })
})
