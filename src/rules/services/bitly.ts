import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const bitly = defineRules(
  { provider: 'Bitly', link: 'https://dev.bitly.com/docs/getting-started/authentication/' },
  [
    {
      id: 'bitly-access-token',
      title: 'Bitly access token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{40}' },
      context: credentialOf(['bitly']),
      examples: ['{{hex:40}}'],
      nonExamples: ['{{hex:34}}'],
    },
  ],
)
