import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const fivetran = defineRules(
  { provider: 'Fivetran', link: 'https://fivetran.com/docs/rest-api/getting-started' },
  [
    {
      id: 'fivetran-api-secret',
      title: 'Fivetran API secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
      context: credentialOf(['fivetran']),
      validate: isDrawn,
      examples: ['{{base62:32}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
