import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const mixpanel = defineRules(
  { provider: 'Mixpanel', link: 'https://developer.mixpanel.com/reference/authentication' },
  [
    {
      id: 'mixpanel-api-secret',
      title: 'Mixpanel project secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: secretOf(['mixpanel']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{hex:26}}'],
    },
  ],
)
