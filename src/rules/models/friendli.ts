import { defineRules } from '../define.js'

export const friendli = defineRules(
  { provider: 'Friendli', link: 'https://friendli.ai/docs/guides/personal_access_tokens' },
  [
    {
      id: 'friendli-token',
      title: 'Friendli token',
      definition: { anchors: ['flp_'], pattern: 'flp_[A-Za-z0-9]{46}' },
      examples: ['flp_{{base62:46}}'],
      nonExamples: ['flp_{{base62:12}}'],
    },
  ],
)
