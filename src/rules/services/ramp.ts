import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const ramp = defineRules({ provider: 'Ramp', link: 'https://docs.ramp.com/developer-api/v1/authorization' }, [
  {
    id: 'ramp-client-secret',
    title: 'Ramp client secret or access token',
    definition: {
      anchors: ['ramp_sec_', 'ramp_business_tok_', 'ramp_tok_'],
      pattern: 'ramp_(?:sec|tok|business_tok)_[A-Za-z0-9]{40,64}',
    },
    validate: hasDigit,
    examples: ['ramp_sec_{{base62:48}}', 'ramp_business_tok_{{base62:43}}'],
    nonExamples: ['ramp_id_{{base62:40}}'],
  },
])
