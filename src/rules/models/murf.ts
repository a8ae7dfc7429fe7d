import { defineRules } from '../define.js'

export const murf = defineRules({ provider: 'Murf', link: 'https://murf.ai/api/docs/introduction/quickstart' }, [
  {
    id: 'murf-api-key',
    title: 'Murf API key',
    definition: { anchors: ['ap2_'], pattern: 'ap2_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    examples: ['ap2_{{uuid}}'],
    nonExamples: ['ap2_{{hex:12}}'],
  },
])
