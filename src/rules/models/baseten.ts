import { defineRules } from '../define.js'

export const baseten = defineRules({ provider: 'Baseten', link: 'https://docs.baseten.co/organization/api-keys' }, [
  {
    id: 'baseten-api-key',
    title: 'Baseten API key',
    confidence: 'medium',
    definition: {
      anchors: ['baseten'],
      caseInsensitive: true,
      pattern:
        'baseten[ _-]?(?:api[ _-]?)?key["\\\'\\]]{0,2}(?: is|\\s{0,3}[=:])\\s{0,3}["\\\']?(?<secret>[A-Za-z0-9]{8}\\.[A-Za-z0-9]{32})',
    },
    examples: ['BASETEN_API_KEY=<<{{base62:8}}.{{base62:32}}>>'],
    nonExamples: ['BASETEN_API_KEY=abcd.efgh'],
  },
])
