import { defineRules } from '../define.js'

export const railway = defineRules({ provider: 'Railway', link: 'https://docs.railway.com/guides/public-api' }, [
  {
    id: 'railway-token',
    title: 'Railway API or project token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: {
      keys: ['railwaytoken', 'railwayapitoken', 'railwayapikey'],
      near: [
        'railway_token',
        'railway_api_token',
        'railway token',
        'railway api token',
        'railwaytoken',
        'railwayapitoken',
        'railwayapikey',
      ],
    },
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
