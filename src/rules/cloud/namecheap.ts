import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const namecheap = defineRules({ provider: 'Namecheap', link: 'https://www.namecheap.com/support/api/intro/' }, [
  {
    id: 'namecheap-api-key',
    title: 'Namecheap API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['namecheap']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{uuid}}'],
  },
])
