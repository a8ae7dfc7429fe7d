import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const portkey = defineRules(
  { provider: 'Portkey', link: 'https://portkey.ai/docs/api-reference/inference-api/authentication' },
  [
    {
      id: 'portkey-api-key',
      title: 'Portkey API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9+/]{27,28}=?' },
      context: credentialOf(['portkey'], ['x-portkey-api-key']),
      validate: isDrawn,
      examples: ['{{base62:28}}'],
      nonExamples: ['{{hex:28}}'],
    },
  ],
)
