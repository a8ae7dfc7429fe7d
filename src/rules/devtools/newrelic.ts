import { defineRules } from '../define.js'

export const newrelic = defineRules(
  { provider: 'New Relic', link: 'https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/' },
  [
    {
      id: 'newrelic-api-key',
      title: 'New Relic user key',
      definition: { anchors: ['NRAK-', 'NRAA-', 'NRII-'], pattern: 'NR(?:AK|AA|II)-[A-Za-z0-9_-]{27,32}' },
      examples: ['NRAK-{{upper36:27}}'],
      nonExamples: [],
    },
  ],
)
