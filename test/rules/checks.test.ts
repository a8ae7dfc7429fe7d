import { describe, expect, it } from 'vitest'
import { Scanner } from '../../src/detect/scanner.js'
import { base62, base64Crc32, crc32 } from '../../src/rules/checks.js'
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

describe('checksums of clouds', () => {
  it('write a CRC-32 in base64 as Confluent does, lowest byte first', () => {
    expect(base64Crc32('123456789')).toBe(Buffer.from([0x26, 0x39, 0xf4, 0xcb]).toString('base64').slice(0, 6))
  })

  it.each(['cloudflare', 'confluent'])('make a %s token certain, and do not drop one that fails', (name) => {
    const valid = fillTemplate(`{{token:${name}}}`)
    expect(confidence(valid)).toEqual(['certain'])
    expect(confidence(valid.slice(0, -1) + (valid.at(-1) === '0' ? '1' : '0'))).toEqual(['high'])
  })

  it('make an AWS access key id certain when it holds an account id, and less than likely when it cannot', () => {
    expect(confidence(fillTemplate('{{token:aws}}'))).toEqual(['certain'])
    expect(confidence(fillTemplate('AKIAI{{upper32:15}}'))).toEqual(['high'])
    expect(confidence(fillTemplate('AKIAB{{upper32:15}}'))).toEqual(['medium'])
  })
})

describe('structure of developer tools and services', () => {
  it.each(['atlassian', 'zuplo'])(
    'makes a %s token with its checksum certain, and does not drop one that fails',
    (name) => {
      const valid = fillTemplate(`{{token:${name}}}`)
      expect(confidence(valid)).toEqual(['certain'])
      expect(confidence(valid.slice(0, -1) + (valid.at(-1) === '0' ? '1' : '0'))).toEqual(['high'])
    },
  )

  it('makes a Sentry organization token certain by the server that it names', () => {
    expect(confidence(fillTemplate('{{token:sentry-org}}'))).toEqual(['certain'])
    expect(confidence(fillTemplate('sntrys_eyJ{{base62:120}}=_{{base62:43}}'))).toEqual(['high'])
  })

  it('knows a WorkOS key by the id inside it, and leaves the rest of that form to Stripe', () => {
    const rules = (text: string) => scanner.scan(text).map((hit) => hit.rule.id)
    expect(rules(fillTemplate('{{token:workos}}'))).toEqual(['workos-api-key'])
    expect(rules(fillTemplate('sk_live_{{base62:64}}'))).toEqual(['stripe-secret-key'])
  })

  it('knows a Discord bot token without context by the id inside it, and nothing that only looks dotted', () => {
    expect(confidence(`it is ${fillTemplate('{{token:discord-bot}}')} now`)).toEqual(['high'])
    expect(confidence(fillTemplate('it is MT{{base62:24}}.{{base62:6}}.{{base62:38}} now'))).toEqual([])
  })
})
