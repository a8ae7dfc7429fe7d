import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const zapier = defineRules({ provider: 'Zapier', link: 'https://docs.zapier.com/mcp/home' }, [
  {
    id: 'zapier-ai-actions-key',
    title: 'Zapier AI Actions (NLA) API key',
    definition: { anchors: ['sk-ak-'], pattern: 'sk-ak-[A-Za-z0-9_-]{20,80}' },
    validate: isDrawn,
    examples: ['sk-ak-{{base62:24}}'],
    nonExamples: ['sk-ak-short'],
  },
])
