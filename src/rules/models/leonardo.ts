import { defineRules } from '../define.js'

export const leonardo = defineRules(
  { provider: 'Leonardo.Ai', link: 'https://docs.leonardo.ai/docs/create-your-api-key' },
  [
    {
      id: 'leonardo-api-key',
      title: 'Leonardo.Ai API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: {
        keys: ['leonardoapikey', 'leonardoaiapikey', 'leonardokey'],
        near: [
          'leonardo api key',
          'leonardo_api_key',
          'leonardo.ai api key',
          'leonardoapikey',
          'leonardoaiapikey',
          'leonardokey',
        ],
      },
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:12}}'],
    },
  ],
)
