import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const tiingo = defineRules(
  { provider: 'Tiingo', link: 'https://www.tiingo.com/documentation/general/connecting' },
  [
    {
      id: 'tiingo-api-token',
      title: 'Tiingo API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{40}' },
      context: credentialOf(['tiingo']),
      examples: ['{{hex:40}}'],
      nonExamples: ['{{hex:34}}'],
    },
  ],
)
