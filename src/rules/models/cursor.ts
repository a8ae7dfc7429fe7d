import { defineRules } from '../define.js'

export const cursor = defineRules({ provider: 'Cursor', link: 'https://cursor.com/docs/api' }, [
  {
    id: 'cursor-api-key',
    title: 'Cursor API key',
    definition: { anchors: ['key_', 'crsr_'], pattern: '(?:key|crsr)_[0-9a-f]{64}' },
    examples: ['key_{{hex:64}}', 'crsr_{{hex:64}}'],
    nonExamples: ['key_{{hex:40}}'],
  },
])
