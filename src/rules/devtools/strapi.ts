import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const strapi = defineRules({ provider: 'Strapi', link: 'https://docs.strapi.io/cms/features/api-tokens' }, [
  {
    id: 'strapi-api-token',
    title: 'Strapi API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{256}' },
    context: credentialOf(['strapi']),
    examples: ['{{hex:256}}'],
    nonExamples: ['{{hex:128}}'],
  },
])
