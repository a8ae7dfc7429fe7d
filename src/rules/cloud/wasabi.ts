import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const wasabi = defineRules(
  { provider: 'Wasabi', link: 'https://docs.wasabi.com/docs/creating-a-new-access-key' },
  [
    {
      id: 'wasabi-secret-key',
      title: 'Wasabi secret key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{40}' },
      context: credentialOf(['wasabi']),
      validate: isDrawn,
      examples: ['{{base62:40}}'],
      nonExamples: ['{{hex:40}}'],
    },
  ],
)
