import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const appsignal = defineRules(
  { provider: 'AppSignal', link: 'https://docs.appsignal.com/support/glossary#push-api-key' },
  [
    {
      id: 'appsignal-push-api-key',
      title: 'AppSignal push API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: credentialOf(['appsignal']),
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
