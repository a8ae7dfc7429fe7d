import { defineRules } from '../define.js'

export const chutes = defineRules({ provider: 'Chutes', link: 'https://chutes.ai/docs' }, [
  {
    id: 'chutes-api-key',
    title: 'Chutes API key',
    confidence: 'medium',
    definition: { anchors: ['cpk_'], pattern: 'cpk_[0-9a-f]{32}\\.[0-9a-f]{32}\\.[A-Za-z0-9]{32}' },
    examples: ['cpk_{{hex:32}}.{{hex:32}}.{{base62:32}}'],
    nonExamples: ['cpk_{{hex:32}}'],
  },
])
