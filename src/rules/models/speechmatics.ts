import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const speechmatics = defineRules(
  { provider: 'Speechmatics', link: 'https://docs.speechmatics.com/get-started/authentication' },
  [
    {
      id: 'speechmatics-api-key',
      title: 'Speechmatics API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
      context: credentialOf(['speechmatics']),
      validate: isDrawn,
      examples: ['{{base62:32}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
