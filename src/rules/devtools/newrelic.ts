import { defineRules } from '../define.js'

export const newrelic = defineRules(
  { provider: 'New Relic', link: 'https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/' },
  [
    {
      id: 'newrelic-api-key',
      title: 'New Relic user, admin or insert key',
      definition: {
        anchors: ['NRAK-', 'NRAA-', 'NRII-', 'NRIQ-', 'NRRA-'],
        pattern: 'NR(?:AK|AA|II|IQ|RA)-[A-Za-z0-9_-]{27,42}',
      },
      examples: ['NRAK-{{upper36:27}}', 'NRII-{{base64url:32}}'],
      nonExamples: ['NRAK-{{upper36:8}}'],
    },
    {
      id: 'newrelic-license-key',
      title: 'New Relic license key',
      definition: { anchors: ['NRAL'], pattern: '(?:[a-z]{2}[0-9]{2}xx)?[0-9a-f]{26,36}(?:FFFF)?NRAL', before: 40 },
      examples: ['{{hex:36}}NRAL', '{{hex:32}}FFFFNRAL', 'eu01xx{{hex:26}}FFFFNRAL'],
      nonExamples: ['{{hex:8}}NRAL'],
    },
  ],
)
