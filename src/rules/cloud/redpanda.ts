import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const redpanda = defineRules(
  { provider: 'Redpanda', link: 'https://docs.redpanda.com/redpanda-cloud/security/cloud-authentication/' },
  [
    {
      id: 'redpanda-client-secret',
      title: 'Redpanda Cloud client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{64}' },
      context: credentialOf(['redpanda', 'redpanda client']),
      validate: isDrawn,
      examples: ['{{base64url:64}}'],
      nonExamples: ['{{hex:64}}'],
    },
  ],
)
