import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const giphy = defineRules({ provider: 'GIPHY', link: 'https://developers.giphy.com/docs/api/' }, [
  {
    id: 'giphy-api-key',
    title: 'GIPHY API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
    context: credentialOf(['giphy']),
    validate: isScattered,
    examples: ['{{base62:32}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
