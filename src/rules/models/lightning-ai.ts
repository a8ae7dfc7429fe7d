import { defineRules } from '../define.js'

export const lightningAi = defineRules({ provider: 'Lightning AI', link: 'https://lightning.ai/docs/' }, [
  {
    id: 'lightning-ai-api-key',
    title: 'Lightning AI API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: {
      keys: ['lightningapikey', 'lightningaiapikey'],
      near: ['lightning_api_key', 'lightning api key', 'lightning ai api key', 'lightningapikey', 'lightningaiapikey'],
    },
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:12}}'],
  },
])
