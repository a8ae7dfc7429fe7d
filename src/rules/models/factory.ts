import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const factory = defineRules({ provider: 'Factory', link: 'https://docs.factory.ai/reference/cli-reference' }, [
  {
    id: 'factory-api-key',
    title: 'Factory API key',
    definition: { anchors: ['fk-'], pattern: 'fk-[A-Za-z0-9_-]{40,120}' },
    validate: isDrawn,
    examples: ['fk-{{base62:22}}-{{base62:43}}'],
    nonExamples: ['fk-constraint-name', 'fk-{{hex:40}}'],
  },
])
