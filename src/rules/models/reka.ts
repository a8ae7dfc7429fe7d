import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const reka = defineRules({ provider: 'Reka', link: 'https://docs.reka.ai/' }, [
  {
    id: 'reka-api-key',
    title: 'Reka API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{64}' },
    context: credentialOf(['reka']),
    examples: ['{{hex:64}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
