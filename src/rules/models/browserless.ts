import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const browserless = defineRules(
  { provider: 'Browserless', link: 'https://docs.browserless.io/rest-apis/intro' },
  [
    {
      id: 'browserless-api-token',
      title: 'Browserless API token',
      confidence: 'medium',
      definition: {
        anchors: [],
        pattern: '[A-Za-z0-9]{40,64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
      },
      context: {
        keys: ['browserlesstoken', 'browserlessapi', 'browserlesskey'],
        near: [
          'browserless token',
          'browserless_token',
          'browserless api',
          'browserless_api',
          'browserlesstoken',
          'browserlessapi',
          'browserlesskey',
        ],
      },
      validate: hasDigit,
      examples: ['{{base62:49}}', '{{uuid}}'],
      nonExamples: ['{{base62:20}}'],
    },
  ],
)
