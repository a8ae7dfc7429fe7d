import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const recurly = defineRules({ provider: 'Recurly', link: 'https://recurly.com/developers/api/' }, [
  {
    id: 'recurly-api-key',
    title: 'Recurly API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['recurly']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{hex:26}}'],
  },
])
