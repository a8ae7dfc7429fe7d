import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const packagecloud = defineRules({ provider: 'packagecloud', link: 'https://packagecloud.io/docs/api' }, [
  {
    id: 'packagecloud-api-token',
    title: 'packagecloud API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{48}' },
    context: credentialOf(['packagecloud']),
    examples: ['{{hex:48}}'],
    nonExamples: ['{{hex:42}}'],
  },
])
