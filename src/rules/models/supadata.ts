import { defineRules } from '../define.js'

export const supadata = defineRules({ provider: 'Supadata', link: 'https://docs.supadata.ai/' }, [
  {
    id: 'supadata-api-key',
    title: 'Supadata API key',
    confidence: 'medium',
    definition: { anchors: ['sd_'], pattern: 'sd_[0-9a-f]{32}' },
    examples: ['sd_{{hex:32}}'],
    nonExamples: ['sd_{{hex:16}}'],
  },
])
