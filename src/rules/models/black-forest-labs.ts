import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const blackForestLabs = defineRules({ provider: 'Black Forest Labs', link: 'https://docs.bfl.ai/' }, [
  {
    id: 'bfl-api-key',
    title: 'Black Forest Labs API key (new form)',
    confidence: 'medium',
    definition: { anchors: ['bfl_'], pattern: 'bfl_[A-Za-z0-9]{32,64}' },
    validate: isDrawn,
    examples: ['bfl_{{base62:40}}'],
    nonExamples: ['bfl_{{hex:40}}', 'bfl_flux_pro'],
  },
  {
    id: 'bfl-legacy-api-key',
    title: 'Black Forest Labs API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: {
      keys: ['bflapikey', 'bflkey'],
      near: ['bfl_api_key', 'bfl api key', 'black forest labs api key', 'bflapikey', 'bflkey'],
    },
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:12}}'],
  },
])
