import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findClaimUrls } from '../../../src/vault/claim-url.js'
import { anthropicKey, opaqueSecret } from '../../support/secrets.js'
import { FixHarness } from './harness.js'
import { cellsOf, checkpointText, insertCheckpoint } from './rows.js'

const channel = (json: string) => `{"v":4,"id":"x","ts":"t","channel_values":{"c":${json}},"channel_versions":{"c":1}}`
const escaped = (text: string) =>
  Array.from(text, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
const ESCAPED_UPPER = (text: string) =>
  escaped(text).replace(/u[0-9a-f]{4}/g, (code) => `u${code.slice(1).toUpperCase()}`)

describe('rows that no saver wrote', () => {
  let harness: FixHarness
  let token: string

  beforeEach(async () => {
    harness = await FixHarness.open()
    token = anthropicKey()
    await harness.withBare((saver) => saver.getTuple({ configurable: { thread_id: 'any' } }))
  })
  afterEach(() => harness.close())

  const insert = (checkpoint: string | Uint8Array, id = 'row') =>
    insertCheckpoint(harness.address, {
      id,
      checkpoint: typeof checkpoint === 'string' ? Buffer.from(checkpoint) : checkpoint,
    })
  const textOf = (id = 'row') => checkpointText(harness.address, 'hostile', id)

  it.each([
    ['unicode escapes', (t: string) => channel(`"${escaped(t)}"`)],
    ['unicode escapes in capitals', (t: string) => channel(`"a ${ESCAPED_UPPER(t)}"`)],
    ['an escaped slash beside it', (t: string) => channel(`"https:\\/\\/u:${t}@h\\/"`)],
    ['a duplicate name that no reader sees', (t: string) => channel(`{"a":"${t}","a":"clean"}`)],
    ['a duplicate of channel_values', (t: string) => `{"channel_values":{"c":"${t}"},"channel_values":{"c":1}}`],
    ['a key of an object', (t: string) => channel(`{"${t}":1}`)],
    ['JSON in JSON', (t: string) => channel(JSON.stringify(JSON.stringify({ token: t })))],
    ['base64', (t: string) => channel(`"${Buffer.from(`user:${t}`).toString('base64')}"`)],
    ['a field that is named __proto__', (t: string) => channel(`{"__proto__":{"token":"${t}"}}`)],
    [
      'a constructor that nobody may call',
      (t: string) => channel(`{"lc":1,"type":"constructor","id":["evil"],"kwargs":{"x":"${t}"}}`),
    ],
    ['a look-alike of a Map', (t: string) => channel(`{"lc":2,"type":"constructor","id":["Map"],"args":["${t}"]}`)],
    [
      'something hidden beside a Map',
      (t: string) => channel(`{"lc":2,"type":"constructor","id":["Map"],"args":[[]],"kwargs":{"x":"${t}"}}`),
    ],
    [
      'a claim URL of nobody beside it',
      (t: string) => channel(`"claim://abcdefgh/v1/abcd/${'A'.repeat(22)}.${'B'.repeat(22)} ${t}"`),
    ],
    ['a lone surrogate beside it', (t: string) => channel(`"\\ud800 ${t}"`)],
    ['white space everywhere', (t: string) => channel(`[ 1 ,\n\t"${t}" ]`)],
    ['a byte order mark', (t: string) => `\ufeff${channel(`"${t}"`)}`],
  ])('are fixed, and put back byte for byte: %s', async (_, make) => {
    insert(make(token))
    const before = cellsOf(harness.address)
    const result = await harness.fix()
    expect(result.left).toEqual([])
    expect(result.plan.copies).toBeGreaterThan(0)
    expect(textOf()).not.toContain(token)
    expect(findClaimUrls(textOf()).length).toBeGreaterThan(0)
    expect(() => JSON.parse(textOf().replace('\ufeff', ''))).not.toThrow()
    expect(await harness.undo()).toMatchObject({ changed: 0, lost: 0 })
    expect(cellsOf(harness.address)).toEqual(before)
  })

  it('keeps every byte around a secret: numbers that a parser would change, order, white space', async () => {
    const around = ['12345678901234567890', '1.0', '-0', '1e400', '1E-7', '{"10":1,"2":2}', '"\\u0041\\/"', '[1, 2 ,3]']
    insert(channel(`[${around.join(' , ')} ,"${token}"]`))
    await harness.fix()
    const [url] = findClaimUrls(textOf())
    const stored = textOf().slice(url!.start, url!.end)
    expect(textOf().replace(stored, token)).toBe(channel(`[${around.join(' , ')} ,"${token}"]`))
  })

  it.each([
    ['no JSON', 'not-json', (t: string) => Buffer.from(`{"channel_values":{"c":"${t}"`)],
    ['JSON that is cut off in a string', 'not-json', (t: string) => Buffer.from(`["${t}`)],
    [
      'nested too deep',
      'too-deep',
      (t: string) => Buffer.from(channel(`${'['.repeat(5_000)}"${t}"${']'.repeat(5_000)}`)),
    ],
    [
      'bytes that are not UTF-8 beside the secret',
      'invalid-utf8',
      (t: string) =>
        Buffer.concat([
          Buffer.from('{"channel_values":{"c":"\u0000'.slice(0, -1)),
          Buffer.from([0xff]),
          Buffer.from(` ${t}"}}`),
        ]),
    ],
  ])('are left as they are, and named: %s', async (_, reason, make) => {
    insert(make(token))
    const before = cellsOf(harness.address)
    const result = await harness.fix()
    expect(result.left).toContainEqual({ place: 'checkpoints.checkpoint', reason, count: 1 })
    expect(cellsOf(harness.address)).toEqual(before)
  })

  it('names a secret that stands where nothing can take its place', async () => {
    insert(channel(`"${token}"`), 'row')
    insert(`{"channel_values":{},"channel_versions":{"${token}":1}}`, 'other')
    const { left } = await harness.fix()
    expect(left).toContainEqual({ place: 'checkpoints.checkpoint', reason: 'still-there', count: 1 })
  })

  it('leaves a row that a secret names, and says so', async () => {
    insertCheckpoint(harness.address, { threadId: token, checkpoint: channel(`"${token}"`) })
    const { left } = await harness.fix()
    expect(left).toContainEqual({ place: 'checkpoints.checkpoint', reason: 'secret-in-key', count: 1 })
  })

  it('finds what is known by its field alone in the rest of the thread, in rows before it as well', async () => {
    const password = opaqueSecret()
    insert(channel(`"we said ${password} aloud"`), 'a')
    insert(channel(`{"password":"${password}"}`), 'b')
    expect((await harness.fix()).left).toEqual([])
    for (const id of ['a', 'b']) expect(textOf(id)).not.toContain(password)
  })

  it('keeps text where text was, and a blob where a blob was', async () => {
    insertCheckpoint(harness.address, { id: 'text', checkpoint: channel(`"${token}"`) })
    insert(channel(`"${token}"`), 'blob')
    const kinds = () => Object.entries(cellsOf(harness.address)).map(([name, cell]) => [name, cell.split(' ')[1]])
    const before = kinds()
    await harness.fix()
    expect(kinds()).toEqual(before)
  })

  it('does not touch what our own saver stored: escaped look-alikes stay, and a second run changes nothing', async () => {
    const scope = { tenant: 'default', threadId: 'hostile' }
    const { naming } = harness.vault.context()
    const url = naming.url(scope, naming.randomId())
    insert(channel(`"${url.replace('claim:', 'claim-text:')} and ${token}"`))
    await harness.fix()
    expect(textOf()).toContain(url.replace('claim:', 'claim-text:'))
    const before = cellsOf(harness.address)
    await harness.fix()
    expect(cellsOf(harness.address)).toEqual(before)
  })

  it('escapes a pasted URL that is dead where it stands, as the saver would', async () => {
    const scope = { tenant: 'default', threadId: 'hostile' }
    const { naming } = harness.vault.context()
    const url = naming.url(scope, naming.randomId())
    insert(channel(`"${url} and ${token}"`))
    const before = cellsOf(harness.address)
    await harness.fix()
    expect(textOf()).toContain(url.replace('claim:', 'claim-text:'))
    await harness.undo()
    expect(cellsOf(harness.address)).toEqual(before)
  })
})
