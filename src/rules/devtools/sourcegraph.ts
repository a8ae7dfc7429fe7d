import { defineRules } from '../define.js'

export const sourcegraph = defineRules(
  { provider: 'Sourcegraph', link: 'https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token' },
  [
    {
      id: 'sourcegraph-token',
      title: 'Sourcegraph access token',
      definition: { anchors: ['sgp_', 'sgph_'], pattern: 'sgph?_(?:(?:[0-9a-f]{16}|local)_)?[0-9a-f]{40}' },
      examples: ['sgp_{{hex:40}}', 'sgp_{{hex:16}}_{{hex:40}}', 'sgp_local_{{hex:40}}'],
      nonExamples: ['sgp_{{hex:16}}'],
    },
    {
      id: 'sourcegraph-gateway-token',
      title: 'Sourcegraph gateway token or license key',
      definition: { anchors: ['sgd_', 'slk_'], pattern: '(?:sgd|slk)_[0-9a-f]{64}' },
      examples: ['sgd_{{hex:64}}'],
      nonExamples: ['sgd_{{hex:16}}'],
    },
  ],
)
