import { defineRules } from '../define.js'

export const gladia = defineRules(
  { provider: 'Gladia', link: 'https://docs.gladia.io/chapters/introduction/getting-started' },
  [
    {
      id: 'gladia-api-key',
      title: 'Gladia API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: {
        keys: ['gladiaapikey', 'gladiakey'],
        near: ['gladia api key', 'gladia_api_key', 'x-gladia-key', 'gladiaapikey', 'gladiakey'],
      },
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:12}}'],
    },
  ],
)
