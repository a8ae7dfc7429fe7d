import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const aiven = defineRules(
  { provider: 'Aiven', link: 'https://aiven.io/docs/platform/concepts/authentication-tokens' },
  [
    {
      id: 'aiven-service-password',
      title: 'Password of an Aiven service',
      definition: { anchors: ['AVNS_'], pattern: 'AVNS_[A-Za-z0-9_-]{19,24}' },
      examples: ['AVNS_{{base62:19}}'],
      nonExamples: ['AVNS_short'],
    },
    {
      id: 'aiven-api-token',
      title: 'Aiven API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9+/]{200,400}={0,2}' },
      context: credentialOf(['aiven']),
      validate: isDrawn,
      examples: ['{{base62:372}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
