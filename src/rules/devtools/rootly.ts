import { defineRules } from '../define.js'

export const rootly = defineRules({ provider: 'Rootly', link: 'https://docs.rootly.com/api-reference/overview' }, [
  {
    id: 'rootly-api-key',
    title: 'Rootly API key',
    definition: { anchors: ['rootly_'], pattern: 'rootly_[0-9a-f]{64}' },
    examples: ['rootly_{{hex:64}}'],
    nonExamples: ['rootly_{{hex:12}}'],
  },
])
