import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const supermemory = defineRules(
  { provider: 'Supermemory', link: 'https://supermemory.ai/docs/authentication' },
  [
    {
      id: 'supermemory-api-key',
      title: 'Supermemory API key',
      definition: { anchors: ['sm_'], pattern: 'sm_[A-Za-z0-9]{16,30}_[A-Za-z0-9_-]{40,100}' },
      validate: isDrawn,
      examples: ['sm_{{base62:22}}_{{base62:64}}'],
      nonExamples: ['sm_short'],
    },
  ],
)
