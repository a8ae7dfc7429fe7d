import { defineRules } from '../define.js'

export const covalent = defineRules(
  { provider: 'GoldRush (Covalent)', link: 'https://goldrush.dev/docs/goldrush-foundational-api/overview' },
  [
    {
      id: 'covalent-api-key',
      title: 'GoldRush (Covalent) API key',
      definition: { anchors: ['cqt_rQ', 'cqt_wF'], pattern: 'cqt_(?:rQ|wF)[A-Za-z0-9]{22,32}' },
      examples: ['cqt_rQ{{base62:26}}'],
      nonExamples: ['cqt_rQ{{base62:4}}'],
    },
  ],
)
