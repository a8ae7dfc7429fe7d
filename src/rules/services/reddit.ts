import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const reddit = defineRules(
  { provider: 'Reddit', link: 'https://github.com/reddit-archive/reddit/wiki/OAuth2' },
  [
    {
      id: 'reddit-client-secret',
      title: 'Reddit client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{27,30}' },
      context: secretOf(['reddit']),
      validate: isScattered,
      examples: ['{{base64url:30}}'],
      nonExamples: ['{{hex:30}}'],
    },
  ],
)
