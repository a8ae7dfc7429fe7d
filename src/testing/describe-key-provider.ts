import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { utf8 } from '../seal/bytes.js'
import type { KeyProvider, WrappedKey } from '../seal/key-provider.js'

export interface KeyProviderFixture {
  /** Another handle on the same key, as another process would have it. */
  open(): KeyProvider | Promise<KeyProvider>
  /** A provider of the same kind that holds another key. */
  openOther(): KeyProvider | Promise<KeyProvider>
  /** What must never show: PINs, tokens, key material. */
  readonly secrets?: readonly string[]
  dispose?(): void | Promise<void>
}

/**
 * The specification of a `KeyProvider`, as vitest tests.
 * @param createFixture called before each test.
 */
export function describeKeyProvider(
  name: string,
  createFixture: () => KeyProviderFixture | Promise<KeyProviderFixture>,
): void {
  describe(name, () => {
    let fixture: KeyProviderFixture
    let provider: KeyProvider
    let handles: KeyProvider[]
    const opened = async (handle: KeyProvider | Promise<KeyProvider>): Promise<KeyProvider> => {
      handles.push(await handle)
      return handle
    }

    beforeEach(async () => {
      handles = []
      fixture = await createFixture()
      provider = await opened(fixture.open())
    })
    afterEach(async () => {
      for (const handle of handles) await handle.close?.()
      await fixture.dispose?.()
    })

    it('unwraps what it wrapped, in another process too', async () => {
      const key = dataKey()
      const wrapped = await provider.wrap(key, CONTEXT)
      const other = await opened(fixture.open())
      for (const handle of [provider, other]) expect(same(await handle.unwrap(wrapped, CONTEXT), key)).toBe(true)
      expect(holds(wrapped.bytes, key)).toBe(false)
    })

    it('names its key alike each time, and every wrapping by that name, so that a rotation knows what is current', async () => {
      const id = await provider.currentId()
      expect(id).not.toBe('')
      expect(await provider.currentId()).toBe(id)
      expect(await (await opened(fixture.open())).currentId()).toBe(id)
      expect((await provider.wrap(dataKey(), CONTEXT)).keyId).toBe(id)
    })

    it('wraps one key differently each time, so that equal keys do not show', async () => {
      const key = dataKey()
      const [a, b] = [await provider.wrap(key, CONTEXT), await provider.wrap(key, CONTEXT)]
      expect(same(a.bytes, b.bytes)).toBe(false)
    })

    it('refuses a key in another context: moved to another tenant or window, it opens nothing', async () => {
      const wrapped = await provider.wrap(dataKey(), CONTEXT)
      for (const context of [utf8('another tenant'), CONTEXT.subarray(1), new Uint8Array()]) {
        expect(await outcomeOf(provider, wrapped, context)).toBe('damaged')
      }
    })

    it('refuses a key in which any one bit was flipped', async () => {
      const wrapped = await provider.wrap(dataKey(), CONTEXT)
      for (let bit = 0; bit < wrapped.bytes.length * 8; bit++) {
        const bytes = Uint8Array.from(wrapped.bytes)
        bytes[bit >> 3]! ^= 1 << (bit & 7)
        expect(await outcomeOf(provider, { ...wrapped, bytes }, CONTEXT), `bit ${bit}`).toBe('damaged')
      }
    }, 120_000)

    it('refuses a key that was cut off, lengthened or emptied', async () => {
      const wrapped = await provider.wrap(dataKey(), CONTEXT)
      const changed = [
        wrapped.bytes.subarray(0, -1),
        wrapped.bytes.subarray(1),
        Uint8Array.of(...wrapped.bytes, 0),
        new Uint8Array(),
      ]
      for (const bytes of changed) expect(await outcomeOf(provider, { ...wrapped, bytes }, CONTEXT)).toBe('damaged')
    })

    it('answers null for a key of somebody else, so that the next provider is asked', async () => {
      const other = await opened(fixture.openOther())
      const theirs = await other.wrap(dataKey(), CONTEXT)
      expect(await provider.unwrap(theirs, CONTEXT)).toBeNull()
      for (const keyId of ['', 'unknown', `${theirs.keyId}x`, `x${await provider.currentId()}`]) {
        expect(await provider.unwrap({ ...theirs, keyId }, CONTEXT)).toBeNull()
      }
    })

    it('opens no key of somebody else that is passed off as its own', async () => {
      const other = await opened(fixture.openOther())
      const { bytes } = await other.wrap(dataKey(), CONTEXT)
      expect(await outcomeOf(provider, { keyId: await provider.currentId(), bytes }, CONTEXT)).toBe('damaged')
    })

    it('works for many callers at once, each with its own key', async () => {
      const keys = Array.from({ length: 20 }, dataKey)
      const contexts = keys.map((_, i) => utf8(`context ${i}`))
      const wrapped = await Promise.all(keys.map((key, i) => provider.wrap(key, contexts[i]!)))
      const back = await Promise.all(wrapped.map((item, i) => provider.unwrap(item, contexts[i]!)))
      expect(back.map((key, i) => same(key, keys[i]!))).toEqual(keys.map(() => true))
    })

    it('answers a batch in order, as it answers each key alone', async () => {
      const keys = Array.from({ length: 5 }, dataKey)
      const other = await opened(fixture.openOther())
      const items = keys.map((key, i) => ({ key, context: utf8(`context ${i}`) }))
      const alone = await Promise.all(items.map(({ key, context }) => provider.wrap(key, context)))
      const wrapped = (await provider.wrapMany?.(items)) ?? alone
      expect(wrapped.map(({ keyId }) => keyId)).toEqual(alone.map(({ keyId }) => keyId))
      const bound = wrapped.map((item, i) => ({ wrapped: item, context: items[i]!.context }))
      bound[1] = { ...bound[1]!, context: utf8('another') }
      bound[3] = { ...bound[3]!, wrapped: await other.wrap(keys[3]!, items[3]!.context) }
      const results = (await provider.unwrapMany?.(bound)) ?? []
      const expected = [keys[0], 'damaged', keys[2], 'null', keys[4]]
      for (const [i, result] of results.entries()) {
        const shown = result === null ? 'null' : result instanceof Uint8Array ? result : codeOf(result)
        if (typeof expected[i] === 'string') expect(shown).toBe(expected[i])
        else expect(same(shown as Uint8Array, expected[i]!)).toBe(true)
      }
      for (const [i, again] of ((await provider.rewrapMany?.(bound)) ?? []).entries()) {
        if (again !== null) expect(same(await provider.unwrap(again, items[i]!.context), keys[i]!)).toBe(true)
      }
    })

    it('shows nothing of a key in an error, a log line or JSON', async () => {
      const key = dataKey()
      const wrapped = await provider.wrap(key, CONTEXT)
      const error = await provider.unwrap(wrapped, utf8('another')).catch((caught: unknown) => caught)
      const shown = [error, provider, handles]
        .map((value) => `${inspect(value, { depth: 9, showHidden: true })} ${String(value)} ${JSON.stringify(value)}`)
        .join(' ')
      const needles = [
        ...(fixture.secrets ?? []),
        ...['hex', 'base64', 'base64url'].map((encoding) => textOf(key, encoding)),
      ]
      for (const needle of needles) expect(shown.includes(needle)).toBe(false)
      expect(shown).not.toContain(
        textOf(key, 'hex')
          .replace(/../g, (byte) => `${byte} `)
          .trim(),
      )
    })

    it('works again after it was closed, since several vaults may share it', async () => {
      const wrapped = await provider.wrap(dataKey(), CONTEXT)
      await provider.close?.()
      expect(await provider.unwrap(wrapped, CONTEXT)).toBeInstanceOf(Uint8Array)
    })
  })
}

const CONTEXT = utf8('secret-safe key provider contract')

const dataKey = (): Uint8Array => new Uint8Array(randomBytes(32))

const textOf = (bytes: Uint8Array, encoding: string): string => Buffer.from(bytes).toString(encoding as 'hex')

/** Compared without `expect`, whose failure would print the key. */
function same(a: Uint8Array | null, b: Uint8Array): boolean {
  return a !== null && Buffer.compare(a, b) === 0
}

const holds = (bytes: Uint8Array, part: Uint8Array): boolean => Buffer.from(bytes).includes(Buffer.from(part))

async function outcomeOf(provider: KeyProvider, wrapped: WrappedKey, context: Uint8Array): Promise<string> {
  try {
    return (await provider.unwrap(wrapped, context)) === null ? 'null' : 'opened'
  } catch (error) {
    return codeOf(error)
  }
}

function codeOf(error: unknown): string {
  const { code, retryable } = error as { code?: unknown; retryable?: unknown }
  return code === 'ERR_KEY_PROVIDER' && retryable === false
    ? 'damaged'
    : `${String(code)}, retryable ${String(retryable)}`
}
