import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const urlscan = defineRules({ provider: 'urlscan.io', link: 'https://urlscan.io/docs/api/' }, [
  {
    id: 'urlscan-api-key',
    title: 'urlscan.io API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: credentialOf(['urlscan']),
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
