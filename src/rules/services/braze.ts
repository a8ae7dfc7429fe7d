import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const braze = defineRules({ provider: 'Braze', link: 'https://www.braze.com/docs/api/basics/' }, [
  {
    id: 'braze-api-key',
    title: 'Braze API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: credentialOf(['braze']),
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
