import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const pexels = defineRules(
  { provider: 'Pexels', link: 'https://www.pexels.com/api/documentation/#authorization' },
  [
    {
      id: 'pexels-api-key',
      title: 'Pexels API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{56}' },
      context: credentialOf(['pexels']),
      validate: isScattered,
      examples: ['{{base62:56}}'],
      nonExamples: ['{{hex:56}}'],
    },
  ],
)
