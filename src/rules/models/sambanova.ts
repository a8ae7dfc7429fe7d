import { defineRules } from '../define.js'

export const sambanova = defineRules(
  { provider: 'SambaNova', link: 'https://docs.sambanova.ai/docs/en/get-started/api-keys-urls' },
  [
    {
      id: 'sambanova-api-key',
      title: 'SambaNova API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: {
        keys: ['sambanovaapikey', 'sambanovakey'],
        near: ['sambanova api key', 'sambanova_api_key', 'sambanova key', 'sambanovaapikey', 'sambanovakey'],
      },
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:12}}'],
    },
  ],
)
