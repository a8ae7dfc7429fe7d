import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const depot = defineRules({ provider: 'Depot', link: 'https://depot.dev/docs/api/authentication' }, [
  {
    id: 'depot-token',
    title: 'Depot organization, project or user token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{64}' },
    context: credentialOf(['depot']),
    examples: ['{{hex:64}}'],
    nonExamples: ['{{hex:40}}'],
  },
  {
    id: 'depot-organization-token',
    title: 'Depot token with its prefix',
    definition: {
      anchors: ['depot_org_', 'depot_project_', 'depot_user_'],
      pattern: 'depot_(?:org|project|user)_[0-9a-f]{60,64}',
    },
    examples: ['depot_org_{{hex:60}}', 'depot_project_{{hex:64}}'],
    nonExamples: ['depot_org_{{hex:12}}'],
  },
])
