import { defineRules } from '../define.js'

export const promptlayer = defineRules({ provider: 'PromptLayer', link: 'https://docs.promptlayer.com/quickstart' }, [
  {
    id: 'promptlayer-api-key',
    title: 'PromptLayer API key',
    definition: { anchors: ['pl_'], pattern: 'pl_[0-9a-f]{32}' },
    examples: ['pl_{{hex:32}}'],
    nonExamples: ['pl_{{hex:12}}'],
  },
])
