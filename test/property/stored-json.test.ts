import { AIMessage } from '@langchain/core/messages'
import { MemorySaver } from '@langchain/langgraph-checkpoint'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FieldPaths } from '../../src/detect/field-paths.js'
import type { JsonNode } from '../../src/detect/json/node.js'
import { parseJson } from '../../src/detect/json/parse-json.js'
import { applyEdits } from '../../src/detect/json/rewrite-json.js'
import { createDetector } from '../../src/detect-entry.js'
import { LIVE_FORM } from '../../src/saver/live-form.js'
import { NamingKeys } from '../../src/vault/naming-keys.js'
import { ClaimScope } from '../../src/vault/scrub/claim-scope.js'
import { Scrubber, type ScrubContext } from '../../src/vault/scrub/scrubber.js'
import { compact, StoredForm } from '../../src/vault/scrub/stored-form.js'
import { ThreadMemories } from '../../src/vault/scrub/thread-memory.js'
import { OPAQUE, TOKENS, value } from './values.js'

const { serde } = new MemorySaver()
const { scanner } = createDetector()
const naming = new NamingKeys('abcdefgh', 'abcd', new Uint8Array(32).fill(7))

function contextOf(fields: readonly string[]): ScrubContext {
  return {
    scanner,
    fields: [new FieldPaths(fields)],
    memory: new ThreadMemories().of('default', 'thread-1'),
    scope: new ClaimScope(naming, 'default', 'thread-1'),
    runId: undefined,
    node: undefined,
    maxStateBytes: 1e9,
    maxSecretBytes: 1e9,
  }
}

/** Collects first, then replaces, as the saver does. */
function settled<T>(context: ScrubContext, once: () => T): T {
  for (;;) {
    const { version } = context.memory.known
    const result = once()
    if (context.memory.known.version === version) return result
  }
}

const itemsOf = ({ items }: Scrubber) =>
  [...items].map(([key, item]) => [key, item.ruleId, Buffer.from(item.payload).toString('hex'), item.credentialExpiry])

async function asSaverWrites(state: unknown, fields: readonly string[]) {
  const context = contextOf(fields)
  const { scrubbed, scrubber } = settled(context, () => {
    const scrubber = new Scrubber(context, LIVE_FORM)
    return { scrubbed: scrubber.scrub(state, 'messages', false), scrubber }
  })
  const [, bytes] = await serde.dumpsTyped(scrubbed)
  return { text: Buffer.from(bytes).toString(), items: itemsOf(scrubber) }
}

async function asFixWrites(state: unknown, fields: readonly string[]) {
  const [, bytes] = await serde.dumpsTyped(state)
  const node = parseJson(bytes)!
  const context = contextOf(fields)
  return settled(context, () => {
    const form = new StoredForm()
    const scrubber = new Scrubber(context, form)
    scrubber.scrub(node, 'messages', false)
    return {
      text: Buffer.from(
        applyEdits(
          bytes,
          [...form.edits].sort((a, b) => a.start - b.start),
        ),
      ).toString(),
      items: itemsOf(scrubber),
    }
  })
}

/** A Date, a URL and whatever else is a string once it is stored cannot be told from one. */
const FIELDS = [[], ['password'], ['additional_kwargs.token', 'args.content']]

describe('stored JSON', () => {
  it('is scrubbed to the bytes that the saver would have stored, with the same claims at the same places', async () => {
    await fc.assert(
      fc.asyncProperty(value, fc.constantFrom(...FIELDS), async (state, fields) => {
        fc.pre(!(state instanceof Uint8Array))
        expect(await asFixWrites(state, fields)).toEqual(await asSaverWrites(state, fields))
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['a pattern', { pattern: new RegExp(`^${TOKENS[0]}$`, 'i') }],
    ['an error', { error: new Error(`refused: ${TOKENS[0]}`) }],
    ['a Set in a Map', new Map([['a', new Set([TOKENS[0], { deep: TOKENS[1] }])]])],
    ['a list of bytes', { bytes: [...Buffer.from(TOKENS[0]!)] }],
    ['an expiry beside a token', { access_token: TOKENS[0], expires_in: 3600 }],
    [
      'a message in a message',
      new AIMessage({
        id: 'a',
        content: '',
        additional_kwargs: { of: new AIMessage({ id: 'b', content: TOKENS[0]! }) },
      }),
    ],
    ['a name beside a value', { name: 'DB_PASSWORD', value: OPAQUE }],
    ['what is known from elsewhere', { note: `say ${OPAQUE}`, password: OPAQUE }],
  ])('is read as what it stands for: %s', async (_, state) => {
    const expected = await asSaverWrites(state, [])
    expect(expected.items.length).toBeGreaterThan(0)
    expect(await asFixWrites(state, [])).toEqual(expected)
  })

  it('is JSON exactly where JSON.parse says so, and read alike', () => {
    const fragment = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '\\',
        'u00',
        '"a"',
        '1',
        '-',
        '0',
        '.5',
        'e+3',
        'true',
        'null',
        ' ',
        '\t',
        '\u0001',
        'é',
        '[1,2]',
      ],
    )
    const text = fc.oneof(
      fc.json(),
      fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (json) => {
        const node = parseJson(Buffer.from(json))
        let expected: unknown
        try {
          expected = { value: JSON.parse(json) as unknown }
        } catch {
          expected = undefined
        }
        expect(node === undefined ? undefined : { value: JSON.parse(compact(node as JsonNode)) }).toEqual(expected)
      }),
      { numRuns: 3_000 },
    )
  })
})
