import { defineRules } from '../define.js'

export const segmind = defineRules({ provider: 'Segmind', link: 'https://docs.segmind.com/' }, [
  {
    id: 'segmind-api-key',
    title: 'Segmind API key',
    confidence: 'medium',
    definition: { anchors: ['SG_'], pattern: 'SG_[0-9a-f]{16}' },
    examples: ['SG_{{hex:16}}'],
    nonExamples: ['SG_{{hex:8}}'],
  },
])
