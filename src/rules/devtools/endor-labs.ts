import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const endorLabs = defineRules(
  { provider: 'Endor Labs', link: 'https://docs.endorlabs.com/administration/api-keys/' },
  [
    {
      id: 'endor-labs-api-key',
      title: 'Endor Labs API key',
      definition: { anchors: ['endr+'], pattern: 'endr\\+[A-Za-z0-9-]{16,64}' },
      validate: hasDigit,
      examples: ['endr+{{base62:32}}'],
      nonExamples: ['endr+key'],
    },
  ],
)
