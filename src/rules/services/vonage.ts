import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const vonage = defineRules(
  { provider: 'Vonage', link: 'https://developer.vonage.com/en/getting-started/concepts/authentication' },
  [
    {
      id: 'vonage-api-secret',
      title: 'Vonage API secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{16}' },
      context: secretOf(['vonage', 'nexmo']),
      validate: isScattered,
      examples: ['{{base62:16}}'],
      nonExamples: ['{{hex:16}}'],
    },
  ],
)
