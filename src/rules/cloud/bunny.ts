import { defineRules } from '../define.js'

export const bunny = defineRules(
  { provider: 'bunny.net', link: 'https://docs.bunny.net/reference/bunnynet-api-overview' },
  [
    {
      id: 'bunny-api-key',
      title: 'bunny.net API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f-]{27,63}' },
      context: {
        keys: ['bunnyapikey', 'bunnynetapikey', 'bunnycdnapikey', 'bunnyaccesskey', 'bunnystorage'],
        near: [
          'bunny api key',
          'bunny_api_key',
          'bunny.net api key',
          'bunny_access_key',
          'bunny key',
          'bunnyapikey',
          'bunnynetapikey',
          'bunnycdnapikey',
          'bunnyaccesskey',
          'bunnystorage',
        ],
      },
      examples: ['{{uuid}}', '{{uuid}}{{uuid}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
