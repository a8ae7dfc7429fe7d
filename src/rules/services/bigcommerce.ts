import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const bigcommerce = defineRules(
  { provider: 'BigCommerce', link: 'https://developer.bigcommerce.com/docs/start/authentication/api-accounts' },
  [
    {
      id: 'bigcommerce-access-token',
      title: 'BigCommerce API account token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[a-z0-9]{31}' },
      context: credentialOf(['bigcommerce'], ['x-auth-token: ']),
      validate: hasDigit,
      examples: ['{{lower36:31}}'],
      nonExamples: ['{{hex:24}}'],
    },
  ],
)
