import { defineRules } from '../define.js'

export const porkbun = defineRules({ provider: 'Porkbun', link: 'https://porkbun.com/api/json/v3/documentation' }, [
  {
    id: 'porkbun-api-key',
    title: 'Porkbun API key or secret key',
    definition: { anchors: ['pk1_', 'sk1_'], pattern: '[ps]k1_[0-9a-f]{64}' },
    examples: ['pk1_{{hex:64}}', 'sk1_{{hex:64}}'],
    nonExamples: ['sk1_{{hex:16}}'],
  },
])
