import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const pipedrive = defineRules({ provider: 'Pipedrive', link: 'https://developers.pipedrive.com/docs/api/v1' }, [
  {
    id: 'pipedrive-api-token',
    title: 'Pipedrive API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{40}' },
    context: credentialOf(['pipedrive']),
    examples: ['{{hex:40}}'],
    nonExamples: ['{{hex:34}}'],
  },
])
