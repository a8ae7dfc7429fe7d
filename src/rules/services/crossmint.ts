import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const crossmint = defineRules(
  { provider: 'Crossmint', link: 'https://docs.crossmint.com/introduction/platform/api-keys/server-side' },
  [
    {
      id: 'crossmint-server-key',
      title: 'Crossmint server-side API key',
      definition: {
        anchors: ['sk_production_', 'sk_staging_'],
        pattern: 'sk_(?:production|staging)_[A-Za-z0-9]{60,400}',
      },
      validate: hasDigit,
      examples: ['sk_production_{{base62:180}}', 'sk_staging_{{base62:180}}'],
      nonExamples: ['ck_production_{{base62:180}}'],
    },
  ],
)
