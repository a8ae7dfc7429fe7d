import { describe, expect, it } from 'vitest'
import { rotationPage, rotationProviders } from '../../src/audit/rotation-pages.js'
import { stockRules } from '../../src/detect-entry.js'

describe('rotation pages', () => {
  it('are for providers that a rule names: a misspelt one would never be found', () => {
    const known = new Set(stockRules.map(({ provider }) => provider))
    expect(rotationProviders.filter((provider) => !known.has(provider))).toEqual([])
    expect(rotationProviders.length).toBeGreaterThanOrEqual(60)
  })

  it('are https, name no user, and are each given for its provider', () => {
    for (const provider of rotationProviders) {
      const page = new URL(rotationPage(provider, ''))
      expect([page.protocol, page.username]).toEqual(['https:', ''])
    }
  })

  it("fall back to the rule's own page, and to none where a rule of the user's has no https link", () => {
    expect(rotationPage('Nobody', 'https://docs.example/keys')).toBe('https://docs.example/keys')
    expect(['javascript:alert(1)', 'http://a.example', 'x', ''].map((link) => rotationPage('Nobody', link))).toEqual([
      '',
      '',
      '',
      '',
    ])
    expect(rotationPage('constructor', '')).toBe('')
  })

  it('give every stock rule a page', () => {
    expect(stockRules.filter(({ provider, link }) => rotationPage(provider, link) === '').map(({ id }) => id)).toEqual(
      [],
    )
  })
})
