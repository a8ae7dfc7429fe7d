import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const ideogram = defineRules(
  { provider: 'Ideogram', link: 'https://developer.ideogram.ai/ideogram-api/api-setup' },
  [
    {
      id: 'ideogram-api-key',
      title: 'Ideogram API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{80,90}' },
      context: credentialOf(['ideogram']),
      validate: isDrawn,
      examples: ['{{base64url:86}}'],
      nonExamples: ['{{hex:86}}'],
    },
  ],
)
