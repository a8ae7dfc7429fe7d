import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const searchapi = defineRules({ provider: 'SearchApi', link: 'https://www.searchapi.io/docs/google' }, [
  {
    id: 'searchapi-api-key',
    title: 'SearchApi API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{24}' },
    context: {
      keys: ['searchapiapikey', 'searchapikey', 'searchapiiokey'],
      near: [
        'searchapi api key',
        'searchapi_api_key',
        'searchapi key',
        'searchapiapikey',
        'searchapikey',
        'searchapiiokey',
      ],
    },
    validate: isDrawn,
    examples: ['{{base62:24}}'],
    nonExamples: ['{{hex:24}}'],
  },
])
