import { defineRules } from '../define.js'

export const astra = defineRules(
  {
    provider: 'DataStax Astra',
    link: 'https://docs.datastax.com/en/astra-db-serverless/administration/manage-application-tokens.html',
  },
  [
    {
      id: 'astra-application-token',
      title: 'Astra DB application token',
      definition: { anchors: ['AstraCS:'], pattern: 'AstraCS:[A-Za-z0-9]{20,32}:[0-9a-f]{64}' },
      examples: ['AstraCS:{{base62:24}}:{{hex:64}}'],
      nonExamples: ['AstraCS:your-token'],
    },
  ],
)
