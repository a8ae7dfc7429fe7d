import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const datadog = defineRules(
  { provider: 'Datadog', link: 'https://docs.datadoghq.com/account_management/personal-access-tokens/' },
  [
    {
      id: 'datadog-api-key',
      title: 'Datadog API or application key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}|[0-9a-f]{40}' },
      context: credentialOf(['datadog', 'dd']),
      examples: ['{{hex:32}}', '{{hex:40}}'],
      nonExamples: ['{{hex:20}}'],
    },
    {
      id: 'datadog-access-token',
      title: 'Datadog personal or service access token, or application key',
      definition: { anchors: ['ddpat_', 'ddsat_', 'ddapp_'], pattern: 'dd(?:pat|sat|app)_[A-Za-z0-9_]{30,120}' },
      validate: hasDigit,
      examples: ['ddpat_{{base62:40}}', 'ddsat_{{base62:40}}', 'ddapp_{{base62:34}}'],
      nonExamples: ['ddpat_{{base62:12}}'],
    },
  ],
)
