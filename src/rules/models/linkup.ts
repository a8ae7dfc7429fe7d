import { defineRules } from '../define.js'

export const linkup = defineRules(
  { provider: 'Linkup', link: 'https://docs.linkup.so/pages/documentation/get-started/quickstart' },
  [
    {
      id: 'linkup-api-key',
      title: 'Linkup API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: {
        keys: ['linkupapikey', 'linkupkey'],
        near: ['linkup api key', 'linkup_api_key', 'linkup key', 'linkupapikey', 'linkupkey'],
      },
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:12}}'],
    },
  ],
)
