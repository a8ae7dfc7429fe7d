import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const mem0 = defineRules({ provider: 'Mem0', link: 'https://docs.mem0.ai/platform/quickstart' }, [
  {
    id: 'mem0-api-key',
    title: 'Mem0 API key',
    definition: { anchors: ['m0-'], pattern: 'm0-[A-Za-z0-9]{40}' },
    validate: isDrawn,
    examples: ['m0-{{base62:40}}'],
    nonExamples: ['m0-{{hex:40}}'],
  },
])
