import { defineRules } from '../define.js'

export const volcengineArk = defineRules(
  { provider: 'Volcengine Ark', link: 'https://www.volcengine.com/docs/82379/1541594' },
  [
    {
      id: 'volcengine-ark-api-key',
      title: 'Ark API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: {
        keys: ['arkapikey', 'doubaoapikey'],
        near: ['ark_api_key', 'ark api key', 'doubao api key', 'doubao_api_key', 'arkapikey', 'doubaoapikey'],
      },
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:12}}'],
    },
  ],
)
