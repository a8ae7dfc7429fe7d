import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const webflow = defineRules(
  { provider: 'Webflow', link: 'https://developers.webflow.com/data/reference/authentication/site-token' },
  [
    {
      id: 'webflow-site-token',
      title: 'Webflow site token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{64}' },
      context: credentialOf(['webflow']),
      examples: ['{{hex:64}}'],
      nonExamples: ['{{hex:58}}'],
    },
  ],
)
