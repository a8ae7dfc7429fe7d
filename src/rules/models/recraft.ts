import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const recraft = defineRules(
  { provider: 'Recraft', link: 'https://www.recraft.ai/docs/api-reference/getting-started' },
  [
    {
      id: 'recraft-api-token',
      title: 'Recraft API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{64}' },
      context: credentialOf(['recraft']),
      validate: isDrawn,
      examples: ['{{base62:64}}'],
      nonExamples: ['{{hex:64}}'],
    },
  ],
)
