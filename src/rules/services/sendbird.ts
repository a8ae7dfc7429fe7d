import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const sendbird = defineRules(
  { provider: 'Sendbird', link: 'https://sendbird.com/docs/chat/platform-api/v3/prepare-to-use-api' },
  [
    {
      id: 'sendbird-api-token',
      title: 'Sendbird API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{40}' },
      context: credentialOf(['sendbird']),
      examples: ['{{hex:40}}'],
      nonExamples: ['{{hex:34}}'],
    },
  ],
)
