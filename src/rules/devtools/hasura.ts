import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const hasura = defineRules(
  { provider: 'Hasura', link: 'https://hasura.io/docs/2.0/hasura-cloud/cloud-api-reference/' },
  [
    {
      id: 'hasura-access-token',
      title: 'Hasura access token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{64}' },
      context: credentialOf(['hasura']),
      validate: isScattered,
      examples: ['{{base62:64}}'],
      nonExamples: ['{{hex:64}}'],
    },
  ],
)
