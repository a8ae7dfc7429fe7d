import { hasDigit, isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const paypal = defineRules(
  { provider: 'PayPal', link: 'https://developer.paypal.com/api/rest/authentication/' },
  [
    {
      id: 'paypal-access-token',
      title: 'PayPal REST access token',
      definition: { anchors: ['A21AA'], pattern: 'A21AA[A-Za-z0-9_-]{80,120}' },
      validate: hasDigit,
      examples: ['A21AA{{base64url:92}}'],
      nonExamples: ['A21AA{{base62:12}}'],
    },
    {
      id: 'paypal-client-secret',
      title: 'PayPal client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: 'E[A-Za-z0-9_-]{79}' },
      context: secretOf(['paypal']),
      validate: isScattered,
      examples: ['E{{base64url:79}}'],
      nonExamples: ['A{{base64url:79}}'],
    },
  ],
)
