import { defineRules } from '../define.js'

export const lunary = defineRules({ provider: 'Lunary', link: 'https://docs.lunary.ai/docs/api/authentication' }, [
  {
    id: 'lunary-private-key',
    title: 'Lunary private key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: {
      keys: ['lunaryprivatekey', 'lunaryapikey', 'lunarykey'],
      near: [
        'lunary private key',
        'lunary_private_key',
        'lunary api key',
        'lunary_api_key',
        'lunaryprivatekey',
        'lunaryapikey',
        'lunarykey',
      ],
    },
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:12}}'],
  },
])
