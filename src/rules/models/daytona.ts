import { defineRules } from '../define.js'

export const daytona = defineRules({ provider: 'Daytona', link: 'https://www.daytona.io/docs/en/api-keys/' }, [
  {
    id: 'daytona-api-key',
    title: 'Daytona API key',
    definition: { anchors: ['dtn_'], pattern: 'dtn_[0-9a-f]{64}' },
    examples: ['dtn_{{hex:64}}'],
    nonExamples: ['dtn_{{hex:20}}'],
  },
])
