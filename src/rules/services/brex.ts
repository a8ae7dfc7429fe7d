import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const brex = defineRules({ provider: 'Brex', link: 'https://developer.brex.com/docs/authentication/' }, [
  {
    id: 'brex-user-token',
    title: 'Brex user token',
    definition: { anchors: ['bxt_'], pattern: 'bxt_[A-Za-z0-9]{32,64}' },
    validate: hasDigit,
    examples: ['bxt_{{base62:36}}'],
    nonExamples: ['bxt_{{base62:8}}'],
  },
])
