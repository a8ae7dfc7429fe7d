import { defineRules } from '../define.js'

export const brightData = defineRules(
  { provider: 'Bright Data', link: 'https://docs.brightdata.com/api-reference/authentication' },
  [
    {
      id: 'bright-data-api-key',
      title: 'Bright Data API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: {
        keys: ['brightdataapi', 'brightdatakey', 'brightdatatoken'],
        near: [
          'bright data api',
          'brightdata_api',
          'brightdata api',
          'bright data key',
          'brightdataapi',
          'brightdatakey',
          'brightdatatoken',
        ],
      },
      examples: ['{{hex:64}}', '{{uuid}}'],
      nonExamples: ['{{hex:12}}'],
    },
  ],
)
