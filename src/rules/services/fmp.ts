import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const fmp = defineRules(
  { provider: 'Financial Modeling Prep', link: 'https://site.financialmodelingprep.com/developer/docs' },
  [
    {
      id: 'fmp-api-key',
      title: 'Financial Modeling Prep API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
      context: credentialOf(['fmp', 'financialmodelingprep', 'financial modeling prep']),
      validate: isScattered,
      examples: ['{{base62:32}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
