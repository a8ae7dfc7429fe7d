import { defineRules } from '../define.js'

export const unleash = defineRules(
  { provider: 'Unleash', link: 'https://docs.getunleash.io/reference/api-tokens-and-client-keys' },
  [
    {
      id: 'unleash-api-token',
      title: 'Unleash backend or admin token',
      definition: {
        anchors: [':development.', ':production.', ':test.', '*:*.'],
        pattern:
          '(?<!\\\\)(?:\\*|[a-z0-9][a-z0-9_-]{1,63}|\\[\\]):(?:\\*|development|production|test)\\.[0-9a-f]{48,64}',
        before: 64,
      },
      examples: ['default:development.{{hex:56}}', '*:*.{{hex:56}}'],
      nonExamples: ['default:development.{{hex:12}}'],
    },
  ],
)
