import { defineRules } from '../define.js'

export const datadog = defineRules(
  { provider: 'Datadog', link: 'https://docs.datadoghq.com/account_management/api-app-keys/' },
  [
    {
      id: 'datadog-api-key',
      title: 'Datadog API or application key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}|[0-9a-f]{40}' },
      context: {
        keys: ['datadog', 'ddapikey', 'ddappkey', 'ddapplicationkey'],
        near: ['datadog', 'dd_api_key', 'dd_app_key', 'dd-api-key', 'dd-application-key'],
      },
      examples: ['{{hex:32}}', '{{hex:40}}'],
      nonExamples: [],
    },
    {
      id: 'datadog-access-token',
      title: 'Datadog personal access token',
      definition: { anchors: ['ddpat_'], pattern: 'ddpat_[A-Za-z0-9]{32,80}' },
      examples: ['ddpat_{{base62:40}}'],
      nonExamples: [],
    },
  ],
)
