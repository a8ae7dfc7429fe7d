import { defineRules } from '../define.js'

export const e2b = defineRules({ provider: 'E2B', link: 'https://e2b.dev/docs/api-key' }, [
  {
    id: 'e2b-api-key',
    title: 'E2B API key',
    definition: { anchors: ['e2b_'], pattern: 'e2b_[0-9a-f]{40}' },
    examples: ['e2b_{{hex:40}}'],
    nonExamples: [],
  },
  {
    id: 'e2b-access-token',
    title: 'E2B access token',
    definition: { anchors: ['sk_e2b_'], pattern: 'sk_e2b_[0-9a-f]{40}' },
    examples: ['sk_e2b_{{hex:40}}'],
    nonExamples: [],
  },
])
