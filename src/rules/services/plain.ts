import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const plain = defineRules(
  { provider: 'Plain', link: 'https://www.plain.com/docs/api-reference/graphql/authentication' },
  [
    {
      id: 'plain-api-key',
      title: 'Plain API key',
      definition: { anchors: ['plainApiKey_'], pattern: 'plainApiKey_[A-Za-z0-9_]{20,100}' },
      validate: hasDigit,
      examples: ['plainApiKey_{{base62:48}}'],
      nonExamples: ['plainApiKey_name'],
    },
  ],
)
