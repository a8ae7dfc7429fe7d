import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const signoz = defineRules({ provider: 'SigNoz', link: 'https://signoz.io/docs/ingestion/signoz-cloud/keys/' }, [
  {
    id: 'signoz-ingestion-key',
    title: 'SigNoz ingestion key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: credentialOf(['signoz']),
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
