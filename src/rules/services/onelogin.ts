import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const onelogin = defineRules(
  {
    provider: 'OneLogin',
    link: 'https://developers.onelogin.com/api-docs/2/getting-started/working-with-api-credentials',
  },
  [
    {
      id: 'onelogin-client-secret',
      title: 'OneLogin client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{64}' },
      context: secretOf(['onelogin']),
      examples: ['{{hex:64}}'],
      nonExamples: ['{{hex:58}}'],
    },
  ],
)
