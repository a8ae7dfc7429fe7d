import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const fauna = defineRules(
  { provider: 'Fauna', link: 'https://docs.fauna.com/fauna/current/learn/security/keys/' },
  [
    {
      id: 'fauna-secret',
      title: 'Fauna key or token',
      definition: { anchors: ['fnA'], pattern: 'fnA[A-Za-z0-9_-]{37}' },
      validate: isDrawn,
      examples: ['fnA{{base62:37}}'],
      nonExamples: ['fnA{{base62:20}}'],
    },
  ],
)
