import { defineRules } from '../define.js'

export const playht = defineRules({ provider: 'PlayHT', link: 'https://docs.play.ht/reference/api-authentication' }, [
  {
    id: 'playht-api-key',
    title: 'PlayHT API key',
    definition: { anchors: ['ak-'], pattern: 'ak-[0-9a-f]{32}' },
    context: {
      keys: ['playhtapikey', 'playhtkey', 'playhtsecret'],
      near: ['play_ht', 'playht', 'play.ht', 'playhtapikey', 'playhtkey', 'playhtsecret'],
    },
    examples: ['PLAYHT_API_KEY=<<ak-{{hex:32}}>>'],
    nonExamples: ['ak-{{hex:32}}'],
  },
  {
    id: 'playht-legacy-api-key',
    title: 'PlayHT secret key (before the prefix)',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: {
      keys: ['playhtapikey', 'playhtsecretkey', 'playhtkey'],
      near: [
        'playht api key',
        'playht_api_key',
        'play_ht_api_key',
        'play.ht api key',
        'playhtapikey',
        'playhtsecretkey',
        'playhtkey',
      ],
    },
    examples: ['{{hex:32}}'],
    nonExamples: ['{{uuid}}'],
  },
])
