import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const qdrant = defineRules(
  { provider: 'Qdrant', link: 'https://qdrant.tech/documentation/cloud/authentication/' },
  [
    {
      id: 'qdrant-api-key',
      title: 'Qdrant Cloud API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{40,64}' },
      context: credentialOf(['qdrant']),
      validate: isDrawn,
      examples: ['{{base64url:54}}'],
      nonExamples: ['{{hex:54}}'],
    },
  ],
)
