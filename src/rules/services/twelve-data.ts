import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const twelveData = defineRules({ provider: 'Twelve Data', link: 'https://twelvedata.com/docs#authentication' }, [
  {
    id: 'twelve-data-api-key',
    title: 'Twelve Data API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['twelvedata', 'twelve data']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{hex:26}}'],
  },
])
