import { defineRules } from '../define.js'

export const xai = defineRules({ provider: 'xAI', link: 'https://docs.x.ai/docs/overview' }, [
  {
    id: 'xai-api-key',
    title: 'xAI API key',
    definition: { anchors: ['xai-'], pattern: 'xai-[A-Za-z0-9]{70,120}' },
    examples: ['xai-{{base62:80}}'],
    nonExamples: ['xai-grok-4-fast'],
  },
  {
    id: 'xai-management-key',
    title: 'xAI management key',
    definition: { anchors: ['xai-token-'], pattern: 'xai-token-[A-Za-z0-9]{60,120}' },
    examples: ['xai-token-{{base62:80}}'],
    nonExamples: ['xai-token-usage'],
  },
])
