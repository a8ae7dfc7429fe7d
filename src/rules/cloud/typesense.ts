import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const typesense = defineRules(
  { provider: 'Typesense', link: 'https://typesense.org/docs/latest/api/api-keys.html' },
  [
    {
      id: 'typesense-api-key',
      title: 'Typesense API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
      context: credentialOf(['typesense']),
      validate: isDrawn,
      examples: ['{{base62:32}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
