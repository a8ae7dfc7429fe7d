import { defineRules } from '../define.js'

export const cockroachdb = defineRules(
  { provider: 'CockroachDB', link: 'https://www.cockroachlabs.com/docs/cockroachcloud/managing-access' },
  [
    {
      id: 'cockroachdb-api-key',
      title: 'CockroachDB Cloud API key',
      definition: { anchors: ['CCDB1_'], pattern: 'CCDB1_[A-Za-z0-9]{22}_[A-Za-z0-9]{40}' },
      examples: ['CCDB1_{{base62:22}}_{{base62:40}}'],
      nonExamples: ['CCDB1_short'],
    },
  ],
)
