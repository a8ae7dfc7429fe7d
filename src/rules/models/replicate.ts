import { defineRules } from '../define.js'

export const replicate = defineRules({ provider: 'Replicate', link: 'https://replicate.com/docs/reference/http' }, [
  {
    id: 'replicate-api-token',
    title: 'Replicate API token',
    definition: { anchors: ['r8_'], pattern: 'r8_[A-Za-z0-9]{37}' },
    examples: ['r8_{{base62:37}}'],
    nonExamples: [],
  },
])
