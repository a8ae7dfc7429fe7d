import { defineRules } from '../define.js'

export const hyperbrowser = defineRules({ provider: 'Hyperbrowser', link: 'https://docs.hyperbrowser.ai/' }, [
  {
    id: 'hyperbrowser-api-key',
    title: 'Hyperbrowser API key',
    confidence: 'medium',
    definition: { anchors: ['hb_'], pattern: 'hb_[0-9a-f]{28,48}' },
    examples: ['hb_{{hex:28}}'],
    nonExamples: ['hb_{{hex:12}}'],
  },
])
