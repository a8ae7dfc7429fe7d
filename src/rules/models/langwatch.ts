import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const langwatch = defineRules({ provider: 'LangWatch', link: 'https://docs.langwatch.ai/' }, [
  {
    id: 'langwatch-api-key',
    title: 'LangWatch API key',
    definition: { anchors: ['sk-lw-'], pattern: 'sk-lw-[A-Za-z0-9]{40,80}' },
    validate: isDrawn,
    examples: ['sk-lw-{{base62:64}}'],
    nonExamples: ['sk-lw-short'],
  },
])
