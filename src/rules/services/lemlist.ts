import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const lemlist = defineRules(
  { provider: 'lemlist', link: 'https://developer.lemlist.com/api-reference/getting-started/authentication' },
  [
    {
      id: 'lemlist-api-key',
      title: 'lemlist API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: credentialOf(['lemlist']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{hex:26}}'],
    },
  ],
)
