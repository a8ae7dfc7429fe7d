import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const aimlapi = defineRules({ provider: 'AI/ML API', link: 'https://docs.aimlapi.com/quickstart/setting-up' }, [
  {
    id: 'aimlapi-api-key',
    title: 'AI/ML API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['aimlapi', 'aiml']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{uuid}}'],
  },
])
