import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const lakera = defineRules({ provider: 'Lakera', link: 'https://docs.lakera.ai/' }, [
  {
    id: 'lakera-api-key',
    title: 'Lakera Guard API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{64}' },
    context: credentialOf(['lakera', 'lakera guard']),
    examples: ['{{hex:64}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
