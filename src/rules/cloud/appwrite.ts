import { defineRules } from '../define.js'

export const appwrite = defineRules(
  { provider: 'Appwrite', link: 'https://appwrite.io/docs/advanced/platform/api-keys' },
  [
    {
      id: 'appwrite-api-key',
      title: 'Appwrite API key',
      definition: { anchors: ['standard_'], pattern: 'standard_[0-9a-f]{256}' },
      examples: ['standard_{{hex:256}}'],
      nonExamples: ['standard_output'],
    },
  ],
)
