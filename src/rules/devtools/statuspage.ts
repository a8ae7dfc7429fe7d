import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const statuspage = defineRules(
  { provider: 'Statuspage', link: 'https://developer.statuspage.io/#section/Authentication' },
  [
    {
      id: 'statuspage-api-key',
      title: 'Statuspage API key',
      confidence: 'medium',
      definition: {
        anchors: [],
        pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64}|[0-9a-f]{32}',
      },
      context: credentialOf(['statuspage']),
      examples: ['{{uuid}}', '{{hex:64}}'],
      nonExamples: ['{{hex:24}}'],
    },
  ],
)
