import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const tinker = defineRules({ provider: 'Tinker', link: 'https://tinker-docs.thinkingmachines.ai/' }, [
  {
    id: 'tinker-api-key',
    title: 'Tinker API key',
    confidence: 'medium',
    definition: { anchors: ['tml-'], pattern: 'tml-[A-Za-z0-9_-]{40,160}' },
    validate: isDrawn,
    examples: ['tml-{{base62:100}}'],
    nonExamples: ['tml-template-language'],
  },
])
