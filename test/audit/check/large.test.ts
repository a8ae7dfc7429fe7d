import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import { describe, expect, it } from 'vitest'
import { fillTemplate } from '../../../src/testing/templates.js'
import { check, directory, placesOf } from './files.js'

const token = () => fillTemplate('{{token:github-pat}}')

describe('check of a large file', () => {
  it('reads a single line of 300 MB in bounded memory, and knows the column', async () => {
    const cwd = directory()
    const file = path.join(cwd, 'line.txt')
    const stream = createWriteStream(file)
    const block = 'lorem ipsum dolor sit amet '.repeat(40_000)
    for (let i = 0; i < 290; i++)
      if (!stream.write(block)) await new Promise<void>((resolve) => stream.once('drain', () => resolve()))
    stream.end(`${token()} end`)
    await finished(stream)
    const before = process.memoryUsage.rss()
    const result = await check(cwd, { paths: ['line.txt'] })
    expect(placesOf(result)).toEqual([`line.txt:1:${block.length * 290 + 1} github-token`])
    expect(process.memoryUsage.rss() - before).toBeLessThan(250_000_000)
  })
})
