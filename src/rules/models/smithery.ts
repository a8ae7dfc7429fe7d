import { defineRules } from '../define.js'

export const smithery = defineRules({ provider: 'Smithery', link: 'https://smithery.ai/docs/use/connect' }, [
  {
    id: 'smithery-api-key',
    title: 'Smithery API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: {
      keys: ['smitheryapikey', 'smitherykey'],
      near: ['smithery api key', 'smithery_api_key', 'smithery key', 'smitheryapikey', 'smitherykey'],
    },
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:12}}'],
  },
])
