import { defineRules } from '../define.js'

export const sourcegraph = defineRules(
  { provider: 'Sourcegraph', link: 'https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token' },
  [
    {
      id: 'sourcegraph-token',
      title: 'Sourcegraph access token',
      definition: { anchors: ['sgp_'], pattern: 'sgp_(?:(?:[0-9a-f]{16}|local)_)?[0-9a-f]{40}' },
      examples: ['sgp_{{hex:40}}', 'sgp_{{hex:16}}_{{hex:40}}'],
      nonExamples: [],
    },
  ],
)
