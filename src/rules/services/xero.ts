import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const xero = defineRules(
  { provider: 'Xero', link: 'https://developer.xero.com/documentation/guides/oauth2/auth-flow/' },
  [
    {
      id: 'xero-client-secret',
      title: 'Xero client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{48}' },
      context: secretOf(['xero']),
      validate: isScattered,
      examples: ['{{base64url:48}}'],
      nonExamples: ['{{hex:48}}'],
    },
  ],
)
