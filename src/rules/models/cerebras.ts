import { defineRules } from '../define.js'

export const cerebras = defineRules({ provider: 'Cerebras', link: 'https://inference-docs.cerebras.ai/quickstart' }, [
  {
    id: 'cerebras-api-key',
    title: 'Cerebras API key',
    definition: { anchors: ['csk-'], pattern: 'csk-[A-Za-z0-9]{48}' },
    examples: ['csk-{{lower36:48}}'],
    nonExamples: [],
  },
])
