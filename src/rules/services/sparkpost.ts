import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const sparkpost = defineRules(
  { provider: 'SparkPost', link: 'https://developers.sparkpost.com/api/#header-authentication' },
  [
    {
      id: 'sparkpost-api-key',
      title: 'SparkPost API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{40}' },
      context: credentialOf(['sparkpost']),
      examples: ['{{hex:40}}'],
      nonExamples: ['{{hex:34}}'],
    },
  ],
)
