import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const datocms = defineRules(
  { provider: 'DatoCMS', link: 'https://www.datocms.com/docs/content-management-api/authentication' },
  [
    {
      id: 'datocms-api-token',
      title: 'DatoCMS API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{30}' },
      context: credentialOf(['datocms']),
      examples: ['{{hex:30}}'],
      nonExamples: ['{{hex:24}}'],
    },
  ],
)
