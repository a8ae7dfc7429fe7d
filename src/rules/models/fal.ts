import { defineRules } from '../define.js'

export const fal = defineRules({ provider: 'fal', link: 'https://docs.fal.ai/authentication/key-based' }, [
  {
    id: 'fal-api-key',
    title: 'fal API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:[0-9a-f]{32}' },
    context: {
      keys: ['falkey', 'falaikey', 'falapikey'],
      near: ['fal_key', 'fal key', 'fal api key', 'fal_api_key', 'falkey', 'falaikey', 'falapikey'],
    },
    examples: ['{{uuid}}:{{hex:32}}'],
    nonExamples: ['{{uuid}}'],
  },
])
