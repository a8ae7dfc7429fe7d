import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const chargebee = defineRules({ provider: 'Chargebee', link: 'https://apidocs.chargebee.com/docs/api/auth' }, [
  {
    id: 'chargebee-api-key',
    title: 'Chargebee API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '(?:live|test)_[A-Za-z0-9]{30,48}' },
    context: credentialOf(['chargebee']),
    validate: isScattered,
    examples: ['live_{{base62:36}}'],
    nonExamples: ['live_{{hex:8}}'],
  },
])
