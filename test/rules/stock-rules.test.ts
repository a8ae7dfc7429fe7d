import { describe, expect, it } from 'vitest'
import { Scanner } from '../../src/detect/scanner.js'
import type { Rule } from '../../src/detect/types.js'
import { stockRules } from '../../src/rules/index.js'
import { fillExample, seededRandom } from '../../src/testing/templates.js'
import { CONTEXTS, fieldName, fits, SERVICE_API_KEY } from './contexts.js'

const scanner = new Scanner(stockRules)
const random = seededRandom(7)
const CLAIM_URL = fillExample('claim://main/v1/k1/{{base64url:22}}.{{base64url:22}}', random).text
const isSelfContained = (rule: Rule) => rule.definition.anchors.length > 0

describe('the stock rules', () => {
  it('cover at least 45 providers under unique ids, each with an example and an https link', () => {
    const ids = stockRules.map((rule) => rule.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(stockRules.map((rule) => rule.provider)).size).toBeGreaterThanOrEqual(45)
    for (const rule of stockRules) {
      expect(rule.examples.length, rule.id).toBeGreaterThan(0)
      expect(rule.link, rule.id).toMatch(/^https:\/\//)
    }
  })

  describe.each(stockRules.filter(isSelfContained).map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
    it.each(rule.examples)('finds %s exactly, in every context', (example) => {
      for (let round = 0; round < 3; round++) {
        const { text: filled, secret } = fillExample(example, random)
        const isWhole = filled === secret
        for (const context of CONTEXTS) {
          if (!fits(context.needs, filled)) continue
          if (!isWhole && !['bare', 'JSON without a credential name', 'base64'].includes(context.name)) continue
          const text = context.text(filled, SERVICE_API_KEY)
          const hits = scanner.scan(text)
          const wanted = context.name === 'base64' || isWhole ? (context.run?.(filled) ?? filled) : secret
          const hit = hits.find((one) => text.slice(one.start, one.end) === wanted)
          expect(hit, `${context.name}: ${text}\n${JSON.stringify(hits)}`).toBeDefined()
          if (isWhole) expect(hit!.secret, context.name).toBe(secret)
          if (isWhole) expect(hits.length, context.name).toBe(1)
          if (context.name === 'bare') expect(hit!.rule.id).toBe(id)
          // Scrubbing twice must be scrubbing once.
          const scrubbed = text.slice(0, hit!.start) + CLAIM_URL + text.slice(hit!.end)
          if (hits.length === 1) expect(scanner.scan(scrubbed), scrubbed).toEqual([])
        }
      }
    })

    it.each(rule.nonExamples)('is silent on %s', (example) => {
      expect(scanner.scan(fillExample(example, random).text).map((hit) => hit.rule.id)).not.toContain(id)
    })
  })

  describe.each(stockRules.filter((rule) => !isSelfContained(rule)).map((rule) => [rule.id, rule] as const))(
    '%s, which needs its context,',
    (id, rule) => {
      it.each(rule.examples)('finds %s under a field of its name, in an assignment and in prose', (example) => {
        const { text: secret } = fillExample(example, random)
        const key = `${rule.context!.keys![0]!}_key`
        const found = (text: string, field?: string) =>
          scanner.scan(text, { key: field }).map((hit) => [hit.rule.id, text.slice(hit.start, hit.end)])
        expect(found(secret, key)).toEqual([[id, secret]])
        expect(found(`${key}=${secret}`)).toEqual([[id, secret]])
        expect(found(`{"${key}": "${secret}"}`)).toEqual([[id, secret]])
        expect(found(`my ${rule.context!.near![0]!} is ${secret}.`)).toEqual([[id, secret]])
        const name = fieldName(rule.context!.keys![0]!, 'key')
        for (const context of CONTEXTS) {
          if (!context.named || !fits(context.needs, secret)) continue
          expect(found(context.text(secret, name)), context.name).toEqual([[id, context.run?.(secret) ?? secret]])
        }
      })

      it('is silent without its context', () => {
        for (const example of rule.examples) {
          const { text } = fillExample(example, random)
          expect(scanner.scan(text).map((hit) => hit.rule.id)).not.toContain(id)
          expect(scanner.scan(`etag ${text}`).map((hit) => hit.rule.id)).not.toContain(id)
        }
      })

      it.each(rule.nonExamples)('is silent on %s', (example) => {
        const { text } = fillExample(example, random)
        expect(scanner.scan(text, { key: `${rule.context!.keys![0]!}_id` }).map((hit) => hit.rule.id)).not.toContain(id)
      })
    },
  )
})
