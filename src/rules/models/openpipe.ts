import { defineRules } from '../define.js'

export const openpipe = defineRules({ provider: 'OpenPipe', link: 'https://docs.openpipe.ai/' }, [
  {
    id: 'openpipe-api-key',
    title: 'OpenPipe API key',
    confidence: 'medium',
    definition: { anchors: ['opk_'], pattern: 'opk_[0-9a-f]{32,64}' },
    examples: ['opk_{{hex:42}}'],
    nonExamples: ['opk_{{hex:12}}'],
  },
])
