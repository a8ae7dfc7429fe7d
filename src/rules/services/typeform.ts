import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const typeform = defineRules(
  { provider: 'Typeform', link: 'https://www.typeform.com/developers/get-started/personal-access-token/' },
  [
    {
      id: 'typeform-token',
      title: 'Typeform personal access token',
      definition: { anchors: ['tfp_'], pattern: 'tfp_[A-Za-z0-9_.=-]{36,64}(?<!\\.)' },
      validate: hasDigit,
      examples: ['tfp_{{hex:40}}', 'tfp_{{base62:44}}_{{base62:14}}'],
      nonExamples: ['tfp_{{base62:8}}'],
    },
  ],
)
