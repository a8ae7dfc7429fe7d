import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const hubspot = defineRules(
  { provider: 'HubSpot', link: 'https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview' },
  [
    {
      id: 'hubspot-private-app-token',
      title: 'HubSpot private app token',
      definition: {
        anchors: ['pat-na', 'pat-eu', 'pat-ap'],
        pattern: 'pat-(?:na|eu|ap)\\d-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
      },
      examples: ['pat-na1-{{uuid}}', 'pat-eu1-{{uuid}}'],
      nonExamples: ['pat-na1-{{hex:8}}'],
    },
    {
      id: 'hubspot-api-key',
      title: 'HubSpot developer API key or client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: credentialOf(['hubspot', 'hapi']),
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
