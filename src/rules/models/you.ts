import { defineRules } from '../define.js'

export const you = defineRules({ provider: 'You.com', link: 'https://docs.you.com/quickstart' }, [
  {
    id: 'you-api-key',
    title: 'You.com API key',
    definition: { anchors: ['ydc-sk-'], pattern: 'ydc-sk-[A-Za-z0-9]{16}-[A-Za-z0-9-]{20,90}' },
    examples: ['ydc-sk-{{hex:16}}-{{base62:32}}-{{hex:8}}'],
    nonExamples: ['ydc-sk-example'],
  },
  {
    id: 'you-legacy-api-key',
    title: 'You.com API key (before the prefix)',
    confidence: 'medium',
    definition: {
      anchors: [],
      pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}<__>[A-Za-z0-9]{20,64}',
    },
    context: {
      keys: ['ydcapikey', 'youapikey', 'youcomapikey'],
      near: ['ydc_api_key', 'you.com api key', 'you_api_key', 'ydc api key', 'ydcapikey', 'youapikey', 'youcomapikey'],
    },
    examples: ['{{uuid}}<__>{{base62:36}}'],
    nonExamples: ['{{uuid}}'],
  },
])
