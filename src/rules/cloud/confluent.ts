import { hasConfluentCrc32, isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const confluent = defineRules(
  {
    provider: 'Confluent',
    link: 'https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html',
  },
  [
    {
      id: 'confluent-api-secret',
      title: 'Confluent Cloud API secret',
      severity: 'critical',
      definition: { anchors: ['cflt'], pattern: 'cflt[A-Za-z0-9+/]{60}' },
      validate: hasConfluentCrc32,
      examples: ['{{token:confluent}}', 'cflt{{base62:60}}'],
      nonExamples: ['cflt{{base62:20}}'],
    },
    {
      id: 'confluent-legacy-api-secret',
      title: 'Confluent Cloud API secret (before the prefix)',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9+/]{64}' },
      context: credentialOf(['confluent']),
      validate: isDrawn,
      examples: ['{{base62:64}}'],
      nonExamples: ['{{hex:64}}'],
    },
  ],
)
