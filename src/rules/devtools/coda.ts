import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const coda = defineRules({ provider: 'Coda', link: 'https://coda.io/developers/apis/v1' }, [
  {
    id: 'coda-api-token',
    title: 'Coda API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: credentialOf(['coda']),
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
