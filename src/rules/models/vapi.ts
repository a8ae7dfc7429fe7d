import { defineRules } from '../define.js'

export const vapi = defineRules({ provider: 'Vapi', link: 'https://docs.vapi.ai/api-reference/authentication' }, [
  {
    id: 'vapi-private-key',
    title: 'Vapi private key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: {
      keys: ['vapiapikey', 'vapiprivatekey', 'vapikey'],
      near: [
        'vapi api key',
        'vapi_api_key',
        'vapi_private_key',
        'vapi private key',
        'vapiapikey',
        'vapiprivatekey',
        'vapikey',
      ],
    },
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:12}}'],
  },
])
