import { defineRules } from '../define.js'

export const vantage = defineRules({ provider: 'Vantage', link: 'https://docs.vantage.sh/api' }, [
  {
    id: 'vantage-api-token',
    title: 'Vantage API token',
    confidence: 'medium',
    definition: { anchors: ['vntg_tkn_'], pattern: 'vntg_tkn_[0-9a-f]{40}' },
    examples: ['vntg_tkn_{{hex:40}}'],
    nonExamples: ['vntg_tkn_{{hex:12}}'],
  },
])
