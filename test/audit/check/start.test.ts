import { afterEach, describe, expect, it, vi } from 'vitest'
import { fillTemplate } from '../../../src/testing/templates.js'
import { check, directory, placesOf } from './files.js'

describe('the start of a check', () => {
  const { WebAssembly: api } = globalThis as unknown as { readonly WebAssembly: { Instance(): object } }
  const made = vi.spyOn(api, 'Instance')
  afterEach(() => vi.restoreAllMocks())

  it('does not wait for the fast search where there is little to read, and prepares it where there is much', async () => {
    const token = fillTemplate('{{token:github-pat}}')
    const little = await check(directory({ 'a.txt': `x ${token}` }))
    expect(placesOf(little)).toEqual(['a.txt:1:3 github-token'])
    expect(made).not.toHaveBeenCalled()
    const much = await check(directory({ 'a.txt': `${'nothing here\n'.repeat(5_000)}x ${token}` }))
    expect(placesOf(much)).toEqual(['a.txt:5001:3 github-token'])
    expect(made).toHaveBeenCalled()
  })
})
