import { defineRules } from '../define.js'

export const chromatic = defineRules({ provider: 'Chromatic', link: 'https://www.chromatic.com/docs/ci/' }, [
  {
    id: 'chromatic-project-token',
    title: 'Chromatic project token',
    definition: { anchors: ['chpt_'], pattern: 'chpt_[0-9a-f]{12,20}' },
    examples: ['chpt_{{hex:15}}'],
    nonExamples: ['chpt_{{hex:4}}'],
  },
])
