import { defineRules } from '../define.js'

export const launchdarkly = defineRules(
  { provider: 'LaunchDarkly', link: 'https://launchdarkly.com/docs/home/account/environment/keys' },
  [
    {
      id: 'launchdarkly-access-token',
      title: 'LaunchDarkly API access token',
      definition: { anchors: ['api-'], pattern: 'api-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      examples: ['api-{{uuid}}'],
      nonExamples: ['api-{{hex:8}}'],
    },
    {
      id: 'launchdarkly-sdk-key',
      title: 'LaunchDarkly server-side SDK key or relay configuration key',
      definition: {
        anchors: ['sdk-', 'rel-'],
        pattern: '(?:sdk|rel)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
      },
      examples: ['sdk-{{uuid}}', 'rel-{{uuid}}'],
      nonExamples: ['mob-{{uuid}}'],
    },
  ],
)
