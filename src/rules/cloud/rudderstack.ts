import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const rudderstack = defineRules(
  { provider: 'RudderStack', link: 'https://www.rudderstack.com/docs/dashboard-guides/personal-access-token/' },
  [
    {
      id: 'rudderstack-access-token',
      title: 'RudderStack access token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{27}' },
      context: credentialOf(['rudderstack', 'rudder']),
      validate: isDrawn,
      examples: ['{{base62:27}}'],
      nonExamples: ['{{hex:27}}'],
    },
  ],
)
