import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const depot = defineRules({ provider: 'Depot', link: 'https://depot.dev/docs/api/authentication' }, [
  {
    id: 'depot-token',
    title: 'Depot organization, project or user token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '(?:depot_(?:org|project|user)_)?[0-9a-f]{64}' },
    context: credentialOf(['depot']),
    examples: ['{{hex:64}}', 'depot_org_{{hex:64}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
