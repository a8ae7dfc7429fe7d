import { defineRules } from '../define.js'

export const phoenix = defineRules({ provider: 'Arize Phoenix', link: 'https://arize.com/docs/phoenix' }, [
  {
    id: 'phoenix-api-key',
    title: 'Phoenix API key (before JWTs)',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{10,20}:[0-9a-f]{7,16}' },
    context: {
      keys: ['phoenixapikey', 'phoenixclientheaders'],
      near: ['phoenix_api_key', 'phoenix api key', 'phoenixapikey', 'phoenixclientheaders'],
    },
    examples: ['{{hex:19}}:{{hex:7}}'],
    nonExamples: ['{{hex:12}}'],
  },
])
