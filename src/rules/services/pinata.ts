import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const pinata = defineRules(
  { provider: 'Pinata', link: 'https://docs.pinata.cloud/account-management/api-keys' },
  [
    {
      id: 'pinata-api-secret',
      title: 'Pinata API secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{64}' },
      context: secretOf(['pinata']),
      examples: ['{{hex:64}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
