import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const singlestore = defineRules(
  { provider: 'SingleStore', link: 'https://docs.singlestore.com/cloud/reference/management-api/' },
  [
    {
      id: 'singlestore-api-key',
      title: 'SingleStore Management API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{64}' },
      context: credentialOf(['singlestore']),
      examples: ['{{hex:64}}'],
      nonExamples: ['{{hex:40}}'],
    },
  ],
)
