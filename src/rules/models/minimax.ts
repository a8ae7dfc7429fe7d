import { defineRules } from '../define.js'

export const minimax = defineRules(
  { provider: 'MiniMax', link: 'https://platform.minimax.io/docs/api-reference/api-overview' },
  [
    {
      id: 'minimax-api-key',
      title: 'MiniMax API key',
      definition: { anchors: ['sk-api-', 'sk-cp-'], pattern: 'sk-(?:api|cp)-[A-Za-z0-9_-]{100,140}' },
      examples: ['sk-api-{{base64url:119}}', 'sk-cp-{{base64url:119}}'],
      nonExamples: ['sk-api-example'],
    },
  ],
)
