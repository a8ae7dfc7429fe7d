import { defineRules } from '../define.js'

export const coderabbit = defineRules({ provider: 'CodeRabbit', link: 'https://docs.coderabbit.ai/' }, [
  {
    id: 'coderabbit-api-key',
    title: 'CodeRabbit API key',
    definition: { anchors: ['cr-'], pattern: 'cr-[0-9a-f]{58}' },
    examples: ['cr-{{hex:58}}'],
    nonExamples: ['cr-{{hex:40}}'],
  },
])
