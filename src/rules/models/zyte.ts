import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const zyte = defineRules({ provider: 'Zyte', link: 'https://docs.zyte.com/zyte-api/usage/reference.html' }, [
  {
    id: 'zyte-api-key',
    title: 'Zyte API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['zyte', 'zyte api', 'scrapinghub']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{uuid}}'],
  },
])
