import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const unsplash = defineRules(
  { provider: 'Unsplash', link: 'https://unsplash.com/documentation#authorization' },
  [
    {
      id: 'unsplash-access-key',
      title: 'Unsplash access key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{43}' },
      context: credentialOf(['unsplash']),
      validate: isScattered,
      examples: ['{{base64url:43}}'],
      nonExamples: ['{{hex:43}}'],
    },
  ],
)
