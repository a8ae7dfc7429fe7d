import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const writer = defineRules({ provider: 'Writer', link: 'https://dev.writer.com/home/quickstart' }, [
  {
    id: 'writer-api-key',
    title: 'Writer API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
    context: { keys: ['writerapikey'], near: ['writer_api_key', 'writer api key', 'writerapikey'] },
    validate: isDrawn,
    examples: ['{{base62:32}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
