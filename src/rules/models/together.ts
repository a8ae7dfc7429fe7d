import { defineRules } from '../define.js'

export const together = defineRules({ provider: 'Together AI', link: 'https://docs.together.ai/docs/quickstart' }, [
  {
    id: 'together-api-key',
    title: 'Together AI API key',
    definition: { anchors: ['tgp_v1_'], pattern: 'tgp_v1_[A-Za-z0-9_-]{43}' },
    examples: ['tgp_v1_{{base64url:43}}'],
    nonExamples: [],
  },
])
