import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const kaggle = defineRules(
  { provider: 'Kaggle', link: 'https://github.com/Kaggle/kaggle-api/blob/main/docs/README.md' },
  [
    {
      id: 'kaggle-api-token',
      title: 'Kaggle API token',
      definition: { anchors: ['KGAT_'], pattern: 'KGAT_[0-9a-f]{32,64}' },
      examples: ['KGAT_{{hex:32}}'],
      nonExamples: ['KGAT_short'],
    },
    {
      id: 'kaggle-legacy-api-key',
      title: 'Kaggle API key (before the prefix)',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: credentialOf(['kaggle']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{uuid}}'],
    },
  ],
)
