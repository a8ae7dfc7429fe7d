import { defineRules } from '../define.js'

export const exa = defineRules({ provider: 'Exa', link: 'https://docs.exa.ai/reference/getting-started' }, [
  {
    id: 'exa-api-key',
    title: 'Exa API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: { keys: ['exaapikey', 'exakey'], near: ['exa_api_key', 'exa api key', 'exa key', 'exaapikey', 'exakey'] },
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
