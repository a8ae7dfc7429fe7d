import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const activecampaign = defineRules(
  { provider: 'ActiveCampaign', link: 'https://developers.activecampaign.com/reference/authentication' },
  [
    {
      id: 'activecampaign-api-key',
      title: 'ActiveCampaign API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{72}' },
      context: credentialOf(['activecampaign', 'active campaign']),
      examples: ['{{hex:72}}'],
      nonExamples: ['{{hex:66}}'],
    },
  ],
)
