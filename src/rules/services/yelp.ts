import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const yelp = defineRules(
  { provider: 'Yelp', link: 'https://docs.developer.yelp.com/docs/places-authentication' },
  [
    {
      id: 'yelp-api-key',
      title: 'Yelp API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{128}' },
      context: credentialOf(['yelp']),
      validate: isScattered,
      examples: ['{{base64url:128}}'],
      nonExamples: ['{{hex:128}}'],
    },
  ],
)
