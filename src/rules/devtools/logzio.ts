import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const logzio = defineRules(
  { provider: 'Logz.io', link: 'https://docs.logz.io/docs/user-guide/admin/authentication-tokens/' },
  [
    {
      id: 'logzio-token',
      title: 'Logz.io shipping or API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[A-Za-z]{32}' },
      context: credentialOf(['logzio', 'logz.io', 'logz io']),
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
