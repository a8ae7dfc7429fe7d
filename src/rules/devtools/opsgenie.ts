import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const opsgenie = defineRules({ provider: 'Opsgenie', link: 'https://docs.opsgenie.com/docs/authentication' }, [
  {
    id: 'opsgenie-api-key',
    title: 'Opsgenie API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: credentialOf(['opsgenie'], ['geniekey ']),
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
