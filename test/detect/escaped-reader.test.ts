import { describe, expect, it } from 'vitest'
import { Scanner } from '../../src/detect/scanner.js'
import { stockRules } from '../../src/rules/index.js'
import { fillExample, seededRandom } from '../../src/testing/templates.js'

const scanner = new Scanner(stockRules)
const random = seededRandom(51)
const base64 = (length: number) => fillExample(`{{base64url:${length}}}`, random).text
const lines = Array.from({ length: 6 }, () => base64(64))
const pem = ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----'].join('\n')
const spans = (text: string) => scanner.scan(text).map(({ rule, start, end }) => [rule.id, text.slice(start, end)])

describe('a match that stands among escapes', () => {
  it.each([1, 2])('is found in JSON, %i deep, where its line breaks are escaped', (depth) => {
    let [text, stored] = [pem, pem]
    for (let i = 0; i < depth; i++) {
      text = JSON.stringify({ v: text })
      stored = JSON.stringify(stored).slice(1, -1)
    }
    expect(spans(text)).toEqual([['private-key-pem', stored]])
  })

  it('goes on behind an escape that would end it, so that no half of a key stays', () => {
    const stored = `${pem.slice(0, 200)}\\u${pem.charCodeAt(200).toString(16).padStart(4, '0')}${pem.slice(201)}`
    expect(spans(`{"v":"${stored}"}`)).toEqual([['private-key-pem', stored]])
  })

  it('ends where its line does, when a sentence tells a password and the next line follows without a space', () => {
    const secret = fillExample('{{base62:12}}', random).text
    const text = JSON.stringify({ v: `La contraseña: ${secret}\nB=2\n` })
    expect(spans(text)).toEqual([['spoken-password', secret]])
  })

  it('is found under its name in JSON that is nested four deep, as tools pass it on', () => {
    const secret = fillExample('{{base62:40}}', random).text
    let text = JSON.stringify({ refreshToken: secret })
    for (let i = 0; i < 3; i++) text = JSON.stringify({ body: text })
    expect(spans(text)).toEqual([['named-field', secret]])
  })
})
