import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const tavus = defineRules({ provider: 'Tavus', link: 'https://docs.tavus.io/' }, [
  {
    id: 'tavus-api-key',
    title: 'Tavus API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['tavus']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{uuid}}'],
  },
])
