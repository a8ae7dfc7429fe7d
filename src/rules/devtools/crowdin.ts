import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const crowdin = defineRules(
  { provider: 'Crowdin', link: 'https://support.crowdin.com/developer/authorization/' },
  [
    {
      id: 'crowdin-token',
      title: 'Crowdin personal access token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{80}' },
      context: credentialOf(['crowdin']),
      examples: ['{{hex:80}}'],
      nonExamples: ['{{hex:74}}'],
    },
  ],
)
