import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const parallel = defineRules(
  { provider: 'Parallel', link: 'https://docs.parallel.ai/getting-started/overview' },
  [
    {
      id: 'parallel-api-key',
      title: 'Parallel API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{32,64}' },
      context: { keys: ['parallelapikey'], near: ['parallel_api_key', 'parallel api key', 'parallelapikey'] },
      validate: isDrawn,
      examples: ['{{base64url:40}}'],
      nonExamples: ['{{hex:40}}'],
    },
  ],
)
