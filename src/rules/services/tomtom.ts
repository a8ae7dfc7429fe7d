import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const tomtom = defineRules(
  {
    provider: 'TomTom',
    link: 'https://developer.tomtom.com/knowledgebase/platform/articles/how-to-get-an-tomtom-api-key/',
  },
  [
    {
      id: 'tomtom-api-key',
      title: 'TomTom API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
      context: credentialOf(['tomtom']),
      validate: isScattered,
      examples: ['{{base62:32}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
