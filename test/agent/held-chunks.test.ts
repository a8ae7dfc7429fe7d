import { randomBytes } from 'node:crypto'
import { AIMessageChunk } from '@langchain/core/messages'
import { ChatGenerationChunk } from '@langchain/core/outputs'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { HeldChunks } from '../../src/agent/model/held-chunks.js'
import type { ThreadSecrets } from '../../src/saver/thread-secrets.js'
import { createCanary } from '../../src/testing/leak/index.js'
import { agentSaver, CONFIG } from '../support/agents.js'
import { anthropicKey, opaqueSecret } from '../support/secrets.js'

type Content = string | { type: string; text?: string; reasoning?: string }[]

const chunkOf = (content: Content, extra: object = {}) => {
  const message = new AIMessageChunk({ content, ...extra } as never)
  return new ChatGenerationChunk({ message, text: message.text })
}

let secrets: ThreadSecrets
/** Several words, longer than what is kept back anyway, known because they were marked. */
let passphrase: string
/** In a script without spaces. */
let foreign: string

beforeAll(async () => {
  const { saver } = await agentSaver()
  secrets = await saver.secretsOf(CONFIG)
  const word = () => randomBytes(4).toString('hex')
  passphrase = Array.from({ length: 24 }, word).join(' ')
  foreign = `密${word()}碼${word()}很長的秘密${word()}`
  for (const known of [passphrase, foreign]) secrets.know(known)
})

const pemKey = () => {
  const lines = Array.from({ length: 6 }, () => randomBytes(48).toString('base64'))
  const name = ['RSA', 'PRIVATE', 'KEY'].join(' ')
  return `-----BEGIN ${name}-----\n${lines.join('\n')}\n-----END ${name}-----`
}

/** What is said, and the secret in it. */
const SECRETS: readonly (() => { readonly said: string; readonly secret: string })[] = [
  () => bare(createCanary('token')),
  () => bare(anthropicKey()),
  () => bare(pemKey()),
  () => bare(passphrase),
  () => bare(foreign),
  () => named((secret) => `the password is ${secret}`),
  () => named((secret) => `password: ${secret}`),
  () => named((secret) => `DB_PASSWORD="${secret}"`),
  () => named((secret) => `{"client_secret": "${secret}"}`),
  () => named((secret) => `postgres://admin:${secret}@db.example.com:5432/app`),
  () => named((secret) => `Authorization: Bearer ${secret}`),
]
const bare = (secret: string) => ({ said: secret, secret })
const named = (write: (secret: string) => string) => {
  const secret = opaqueSecret()
  return { said: write(secret), secret }
}

const prose = fc
  .array(
    fc.constantFrom(
      'and',
      'then',
      'it',
      'works',
      'fine,',
      'so',
      'we\n',
      'go',
      'on',
      'über',
      '好的',
      '。',
      'x'.repeat(90),
    ),
    {
      maxLength: 60,
    },
  )
  .map((words) => words.join(' '))

/** A text in pieces of any length. */
function cut(text: string, lengths: readonly number[]): string[] {
  const out: string[] = []
  for (let at = 0, i = 0; at < text.length; i++) {
    const length = lengths[i % lengths.length]!
    out.push(text.slice(at, at + length))
    at += length
  }
  return out
}

interface Given {
  /** What was given out while the stream went on, piece by piece, with what had come by then. */
  readonly early: { readonly text: string; readonly came: number }[]
  readonly chunks: ChatGenerationChunk[]
}

function hold(
  pieces: readonly string[],
  chunk: (piece: string, i: number) => ChatGenerationChunk = (piece) => chunkOf(piece),
): Given {
  const held = new HeldChunks(secrets)
  const early: { text: string; came: number }[] = []
  const chunks: ChatGenerationChunk[] = []
  let came = 0
  for (const [i, piece] of pieces.entries()) {
    came += piece.length
    for (const each of held.push(chunk(piece, i))) {
      chunks.push(each)
      early.push({ text: each.text, came })
    }
  }
  chunks.push(...held.end())
  return { early, chunks }
}

const textOf = (chunks: readonly ChatGenerationChunk[]) => chunks.map(({ text }) => text).join('')

async function scrubbed(chunks: readonly ChatGenerationChunk[]): Promise<string> {
  const parts = await Promise.all(chunks.map(({ text }) => secrets.scrub(text, 'messages')))
  return parts.join('')
}

const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 })

describe('HeldChunks', () => {
  it('gives out what the whole text gives once it is scrubbed, however it comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(prose, fc.constantFrom(...SECRETS)), { minLength: 1, maxLength: 5 }),
        lengths,
        async (parts, sizes) => {
          const text = parts.map((part) => (typeof part === 'string' ? part : part().said)).join(' ')
          const { chunks } = hold(cut(text, sizes))
          expect(textOf(chunks)).toBe(text)
          expect(await scrubbed(chunks)).toBe(await secrets.scrub(text, 'messages'))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('never gives out the beginning of a secret ahead of the rest, from eight characters on', async () => {
    await fc.assert(
      fc.asyncProperty(prose, fc.constantFrom(...SECRETS), prose, lengths, async (before, make, after, sizes) => {
        const { said, secret } = make()
        const text = `${before} ${said} ${after}`
        const { early, chunks } = hold(cut(text, sizes))
        const found = (await secrets.scrub(text, 'messages')) !== text
        const whole = chunks.filter((chunk) => chunk.text.includes(secret))
        if (found) expect(whole.length).toBeGreaterThan(0)
        let given = ''
        for (const { text: piece } of early) {
          given += piece
          if (found && !given.includes(secret)) expect(given).not.toContain(secret.slice(0, 8))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('goes on streaming: what holds no secret is never more than a few words behind', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('and', 'then', 'it', 'works', 'fine'), { minLength: 60, maxLength: 200 }),
        fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 12 }),
        (words, sizes) => {
          const text = words.join(' ')
          const { early } = hold(cut(text, sizes))
          expect(early.length).toBeGreaterThan(3)
          const given = early.map((each) => each.text).join('').length
          expect(text.length - given).toBeLessThan(150)
        },
      ),
    )
  })

  it('streams a script without spaces, too', () => {
    const text = '你好，我現在就為你部署這個版本，請稍候片刻。'.repeat(12)
    const { early, chunks } = hold(cut(text, [2]))
    expect(early.length).toBeGreaterThan(50)
    expect(textOf(chunks)).toBe(text)
  })

  it('streams the answer once reasoning is over, each as a text of its own', () => {
    const words = 'some words that hold nothing '.repeat(8)
    const pieces = cut(words, [5])
    const held = new HeldChunks(secrets)
    const early: ChatGenerationChunk[] = []
    for (const piece of pieces) early.push(...held.push(chunkOf([{ type: 'reasoning', reasoning: piece }])))
    expect(early.length).toBeGreaterThan(10)
    const before = early.length
    for (const piece of pieces) early.push(...held.push(chunkOf([{ type: 'text', text: piece }])))
    expect(early.length).toBeGreaterThan(before + 20)
  })

  it('sees a token that comes in pieces beside another text, block by block or as fields of the provider', async () => {
    const token = createCanary('token')
    const pieces = cut(token, [3])
    for (const make of [
      (piece: string) => chunkOf('', { additional_kwargs: { reasoning_content: piece } }),
      (piece: string) => chunkOf([{ type: 'text', text: piece }]),
      (piece: string) => chunkOf([{ type: 'reasoning', reasoning: piece }]),
      (piece: string) => chunkOf(piece, { additional_kwargs: { raw: { delta: piece } } }),
    ]) {
      const held = new HeldChunks(secrets)
      const chunks = ['Well, ', 'here: ', ...pieces, ' and ', 'more']
        .flatMap((piece) => held.push(make(piece)))
        .concat(held.end())
      const messages = await secrets.scrub(
        chunks.map(({ message }) => message),
        'messages',
      )
      const shown = JSON.stringify(messages.map(({ content, additional_kwargs }) => ({ content, additional_kwargs })))
      expect(shown).toContain('claim://')
      for (const piece of pieces.slice(2, 5)) expect(shown).not.toContain(`"${piece}"`)
    }
  })

  it('keeps parts of tool calls until the end of the message, and their order', () => {
    const held = new HeldChunks(secrets)
    const call = (args: string) =>
      chunkOf('', { tool_call_chunks: [{ index: 0, id: 'c', name: 'deploy', args, type: 'tool_call_chunk' }] })
    expect(held.push(chunkOf('I deploy now. '.repeat(10)))).toEqual([])
    for (const args of ['{"a', '":1}']) expect(held.push(call(args))).toEqual([])
    const [whole, ...rest] = held.end()
    expect(rest).toEqual([])
    expect(whole!.text).toBe('I deploy now. '.repeat(10))
    expect((whole!.message as AIMessageChunk).tool_calls).toMatchObject([{ name: 'deploy' }])
  })

  it('takes time in proportion to the text, also where it has no space for long', () => {
    const time = (size: number) => {
      const pieces = cut(randomBytes(size).toString('base64'), [4])
      const started = performance.now()
      hold(pieces)
      return performance.now() - started
    }
    time(2_000)
    const small = time(10_000)
    expect(time(80_000)).toBeLessThan(Math.max(small * 40, 1_500))
  })
})
