import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AIMessage, HumanMessage } from '@langchain/core/messages'
import { emptyCheckpoint, JsonPlusSerializer, MemorySaver, uuid6 } from '@langchain/langgraph-checkpoint'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { decodeRow } from '../../src/audit/decode/decode-row.js'
import { runAudit } from '../../src/audit/engine/run-audit.js'
import { RowReader } from '../../src/audit/scan/row-hits.js'
import type { StoredRow } from '../../src/audit/sources/row.js'
import { scanByteText } from '../../src/detect/byte-text.js'
import { type Cursor, type RewriteVisitor, rewrite } from '../../src/detect/rewrite.js'
import type { Hit } from '../../src/detect/types.js'
import { createDetector } from '../../src/detect-entry.js'
import { REWRITE_OPTIONS } from '../../src/saver/walk.js'
import { seededRandom } from '../../src/testing/templates.js'
import { newPlant, newSecrets, plant } from './planted.js'
import { secretSafeOver } from './wrapped.js'

const detector = createDetector()
const serde = new JsonPlusSerializer()

/** What an audit finds in a channel's value once it is serialized. */
async function found(value: unknown): Promise<readonly string[]> {
  const [type, blob] = await serde.dumpsTyped(value)
  const columns = ['thread_id', 'channel', 'version', 'type', 'blob']
  const cells = { thread_id: 't', channel: 'c', version: '1', type, blob }
  const row: StoredRow = {
    type: 'row',
    table: { name: 'checkpoint_blobs', columns, layout: 'pg-blobs' },
    cells,
    bytes: 0,
  }
  const hits = new RowReader(detector).read(decodeRow(row), undefined, () => undefined)
  return hits.map(({ hit, path, inKey }) => [hit.rule.id, hit.start, hit.end, ...(path ?? []), inKey].join(' ')).sort()
}

/** What the saver finds in it while it is alive, by the saver's own walk. */
function sealed(value: unknown): readonly string[] {
  const { scanner } = detector
  const out: string[] = []
  const take = (hits: readonly Hit[], { path }: Cursor, inKey: boolean) => {
    for (const { rule, start, end } of hits) out.push([rule.id, start, end, ...path.slice(1), inKey].join(' '))
  }
  const visitor: RewriteVisitor = {
    text: (text, at) => {
      take(scanner.scan(text, at), at, false)
      return text
    },
    key: (key, at) => {
      const hits = key.length < 8 ? [] : scanner.scan(key)
      take(hits, at, true)
      return hits.length > 0 ? '[redacted]' : key
    },
    whole: (content, at, kept) => {
      take(typeof content === 'string' ? scanner.scan(content, at) : scanByteText(scanner, content, at), at, false)
      return kept
    },
  }
  rewrite(value, visitor, REWRITE_OPTIONS, ['c'])
  return out.sort()
}

describe('audit and saver', () => {
  const [a, b, c] = newSecrets(3).map(({ secret }) => secret)
  const word = `correct-horse-${String(Math.random()).slice(2, 8)}`

  it.each([
    ['prose', `the key is ${a}`],
    ['a field whose name says it', { auth: { password: word, api_key: word, region: 'eu' } }],
    ['lists under such a field', { passwords: [word, `${word}x`] }],
    [
      'messages',
      [
        new HumanMessage({ content: `use ${a}`, id: 'x' }),
        new AIMessage({
          content: [{ type: 'text', text: b! }],
          tool_calls: [{ name: 'f', args: { password: word }, id: '1' }],
        }),
      ],
    ],
    [
      'a Map, whose keys are names',
      new Map<string, unknown>([
        ['password', word],
        ['other', [a]],
      ]),
    ],
    ['a Set', { secrets: new Set([a, b]) }],
    ['an error', new Error(`denied for ${a}`)],
    ['a pattern', { p: new RegExp(a!) }],
    [
      'bytes, alone and within',
      { raw: new TextEncoder().encode(`key ${a}`), list: [...new TextEncoder().encode(`key ${b}`)] },
    ],
    ['a Buffer', { raw: Buffer.from(`key ${a}`) }],
    [
      'JSON in a string, base64 and URLs',
      {
        j: JSON.stringify({ password: word }),
        b: Buffer.from(`token=${a}`).toString('base64'),
        u: `https://user:${word}@example.com/x?key=${c}`,
      },
    ],
    ['keys of objects', { [a!]: { [b!]: 1 } }],
    ['what stands beside a vague name', [{ name: 'DB_PASSWORD', value: word }]],
  ])('agree on what is a secret, and where: %s', async (_title, value) => {
    const expected = sealed(value)
    expect(expected.length).toBeGreaterThan(0)
    expect(await found(value)).toEqual(expected)
  })

  it('agree on a whole thread: what the saver lets through holds nothing', async () => {
    const inner = new MemorySaver()
    const { wrapped, close } = await secretSafeOver(inner)
    await plant(wrapped, 't', newPlant(), 2)
    await close()
    const stored = Object.values(inner.storage.t![''] ?? {})
    for (const [checkpoint] of stored) expect(await found(JSON.parse(Buffer.from(checkpoint).toString()))).toEqual([])
  })
})

describe('what was clean before', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-test-'))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('is passed over without missing what changes around it: at the end, within, before, in another thread', async () => {
    const random = seededRandom(7)
    const file = path.join(directory, 'checkpoints.db')
    const saver = SqliteSaver.fromConnString(file)
    const secrets = newSecrets(30)
    const pick = (n: number) => Math.floor(random() * n)
    for (let thread = 0; thread < 12; thread++) {
      let messages = Array.from({ length: 6 }, (_, i) => new HumanMessage({ id: `m${i}`, content: `hello ${i}` }))
      for (let step = 0; step < 12; step++) {
        const change = pick(5)
        const dirty = step > 6 && random() < 0.3
        const message = new HumanMessage({
          id: `n${step}`,
          content: dirty ? `now ${secrets[pick(30)]!.secret}` : `more ${pick(3)} é`,
        })
        if (change === 0) messages = messages.with(pick(messages.length), message)
        else if (change === 1) messages = messages.toSpliced(pick(messages.length), 1)
        else if (change === 2) messages = [message, ...messages]
        else messages = [...messages, message]
        const checkpoint = {
          ...emptyCheckpoint(),
          id: uuid6(step),
          channel_values: { messages, other: { nested: [messages[0]] } },
        }
        await saver.put({ configurable: { thread_id: `t${thread}`, checkpoint_ns: '' } }, checkpoint, {
          source: 'loop',
          step,
          parents: {},
        })
      }
    }
    saver.db.close()
    // An entry for another path makes every message be read each time.
    const config = { detector: { allow: [{ path: 'nowhere.at.all', reason: 'test' }] } }
    const [quick, slow] = [
      await runAudit({ config: {}, version: '0', store: file }),
      await runAudit({ config, version: '0', store: file }),
    ]
    const bare = ({ secrets }: typeof quick) => secrets.map(({ id: _, ...secret }) => JSON.stringify(secret)).sort()
    expect(quick.summary.copies).toBeGreaterThan(20)
    expect(bare(quick)).toEqual(bare(slow))
  })
})
