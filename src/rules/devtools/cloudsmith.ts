import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const cloudsmith = defineRules({ provider: 'Cloudsmith', link: 'https://help.cloudsmith.io/docs/api-key' }, [
  {
    id: 'cloudsmith-api-key',
    title: 'Cloudsmith API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{40}' },
    context: credentialOf(['cloudsmith']),
    examples: ['{{hex:40}}'],
    nonExamples: ['{{hex:34}}'],
  },
])
