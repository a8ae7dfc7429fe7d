import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const growthbook = defineRules({ provider: 'GrowthBook', link: 'https://docs.growthbook.io/api' }, [
  {
    id: 'growthbook-secret-key',
    title: 'GrowthBook secret key or personal access token',
    definition: {
      anchors: ['secret_admin_', 'secret_user_', 'secret_readonly_'],
      pattern: 'secret_(?:admin|user|readonly)_[A-Za-z0-9]{20,64}',
    },
    validate: hasDigit,
    examples: ['secret_admin_{{base62:44}}'],
    nonExamples: ['secret_user_name'],
  },
])
