import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const comet = defineRules({ provider: 'Comet (Opik)', link: 'https://www.comet.com/docs/opik/' }, [
  {
    id: 'comet-api-key',
    title: 'Comet or Opik API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{25}' },
    context: {
      keys: ['cometapikey', 'opikapikey'],
      near: ['comet api key', 'comet_api_key', 'opik api key', 'opik_api_key', 'cometapikey', 'opikapikey'],
    },
    validate: isDrawn,
    examples: ['{{base62:25}}'],
    nonExamples: ['{{hex:25}}'],
  },
])
