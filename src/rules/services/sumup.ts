import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const sumup = defineRules({ provider: 'SumUp', link: 'https://developer.sumup.com/api/authentication' }, [
  {
    id: 'sumup-api-key',
    title: 'SumUp API key',
    definition: { anchors: ['sup_sk_'], pattern: 'sup_sk_[A-Za-z0-9]{30,60}' },
    validate: hasDigit,
    examples: ['sup_sk_{{base62:40}}'],
    nonExamples: ['sup_pk_{{base62:40}}'],
  },
])
