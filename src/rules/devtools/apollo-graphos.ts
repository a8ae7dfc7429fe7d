import { isScattered } from '../checks.js'
import { defineRules } from '../define.js'

export const apolloGraphos = defineRules(
  {
    provider: 'Apollo GraphOS',
    link: 'https://www.apollographql.com/docs/graphos/platform/access-management/api-keys',
  },
  [
    {
      id: 'apollo-graphos-graph-key',
      title: 'Apollo GraphOS graph API key',
      definition: { anchors: ['service:'], pattern: 'service:[A-Za-z][A-Za-z0-9_-]{1,63}:[A-Za-z0-9_-]{22}' },
      validate: (secret) => isScattered(secret.slice(-22)),
      examples: ['service:my-graph:{{base64url:22}}'],
      nonExamples: ['service:my-graph:not-a-key-but-a-word1'],
    },
    {
      id: 'apollo-graphos-user-key',
      title: 'Apollo GraphOS personal API key',
      definition: {
        anchors: ['user:gh.', 'user:gg.', 'user:go.'],
        pattern: 'user:g[hgo]\\.[A-Za-z0-9_.-]{1,64}:[A-Za-z0-9_-]{22}',
      },
      examples: ['user:gh.acme-dev:{{base64url:22}}'],
      nonExamples: ['user:gh.acme-dev'],
    },
  ],
)
