import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const ashby = defineRules({ provider: 'Ashby', link: 'https://developers.ashbyhq.com/docs/authentication' }, [
  {
    id: 'ashby-api-key',
    title: 'Ashby API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{64}' },
    context: credentialOf(['ashby', 'ashbyhq']),
    examples: ['{{hex:64}}'],
    nonExamples: ['{{hex:58}}'],
  },
])
