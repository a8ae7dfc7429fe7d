import { defineRules } from '../define.js'

export const retell = defineRules(
  { provider: 'Retell AI', link: 'https://docs.retellai.com/accounts/api-keys-overview' },
  [
    {
      id: 'retell-api-key',
      title: 'Retell AI API key',
      definition: { anchors: ['key_'], pattern: 'key_[0-9a-f]{28}' },
      examples: ['key_{{hex:28}}'],
      nonExamples: ['key_{{hex:20}}'],
    },
  ],
)
