import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const checkly = defineRules(
  { provider: 'Checkly', link: 'https://www.checklyhq.com/docs/integrations/accounts/api-keys/' },
  [
    {
      id: 'checkly-api-key',
      title: 'Checkly user or service API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '(?:cu|sv)_[0-9a-f]{32}' },
      context: credentialOf(['checkly']),
      examples: ['cu_{{hex:32}}', 'sv_{{hex:32}}'],
      nonExamples: ['cu_{{hex:12}}'],
    },
  ],
)
