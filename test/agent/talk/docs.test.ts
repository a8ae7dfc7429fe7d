import { LangChainTracer } from '@langchain/core/tracers/tracer_langchain'
import { BatchSpanProcessor, InMemorySpanExporter } from '@opentelemetry/sdk-trace-base'
import { Client } from 'langsmith'
import pino from 'pino'
import { expect, it } from 'vitest'
import winston from 'winston'
import * as agent from '../../../src/agent.js'
import { createCanary } from '../../../src/testing/leak/index.js'
import { blocksOf } from '../../repo/markdown.js'
import { sightings } from '../../support/agents.js'

const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<Record<string, unknown>>

it('docs/logs-and-traces.md is one script that shows no token', async () => {
  const token = createCanary('token')
  const written: string[] = []
  const destination = { write: (line: string) => written.push(line) }
  const code = blocksOf('docs/logs-and-traces.md')
    .filter(({ language }) => language === 'ts')
    .map((block) => block.code.replace(/^import .*\n/gm, ''))
    .join('\n')
  const given = {
    ...{ ...agent, LangChainTracer, BatchSpanProcessor, Client, pino, winston, token, destination },
    ...{
      exporter: new InMemorySpanExporter(),
      transports: [],
      langsmith: { apiUrl: 'http://127.0.0.1:9', apiKey: 'none' },
    },
  }
  const script = new AsyncFunction(
    ...Object.keys(given),
    `${code}\nreturn { line, safe, undo, logger, log, processor, config }`,
  )
  const { line, safe, undo, logger } = (await script(...Object.values(given))) as {
    line: string
    safe: { error: Error }
    undo: () => void
    logger: pino.Logger
  }
  undo()
  logger.info(`token ${token}`)
  expect(line).toBe('Authorization: Bearer [redacted github-token]')
  expect(safe.error.message).toBe('401 for [redacted github-token]')
  expect(written.join()).toContain('[redacted github-token]')
  expect(sightings(token, line, safe, written)).toEqual([])
})
