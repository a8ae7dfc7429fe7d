import { defineRules } from '../define.js'

export const buildkite = defineRules(
  { provider: 'Buildkite', link: 'https://buildkite.com/docs/apis/managing-api-tokens' },
  [
    {
      id: 'buildkite-token',
      title: 'Buildkite API token',
      definition: { anchors: ['bkua_'], pattern: 'bkua_[0-9a-f]{40}' },
      examples: ['bkua_{{hex:40}}'],
      nonExamples: [],
    },
  ],
)
