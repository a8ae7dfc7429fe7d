import { defineRules } from '../define.js'

export const nylas = defineRules({ provider: 'Nylas', link: 'https://developer.nylas.com/docs/v3/auth/' }, [
  {
    id: 'nylas-api-key',
    title: 'Nylas API key',
    definition: { anchors: ['nyk_v0_'], pattern: 'nyk_v\\d_[A-Za-z0-9]{60,70}' },
    examples: ['nyk_v0_{{base62:64}}'],
    nonExamples: ['nyk_v0_{{base62:8}}'],
  },
])
