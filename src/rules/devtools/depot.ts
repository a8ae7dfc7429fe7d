import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const depot = defineRules({ provider: 'Depot', link: 'https://depot.dev/docs/cli/authentication' }, [
  {
    id: 'depot-token',
    title: 'Depot organization, project or user token',
    definition: {
      anchors: ['depot_org_', 'depot_project_', 'depot_user_'],
      pattern: 'depot_(?:org|project|user)_[A-Za-z0-9]{40,128}',
    },
    validate: hasDigit,
    examples: ['depot_org_{{hex:64}}', 'depot_project_{{hex:64}}'],
    nonExamples: ['depot_project_id'],
  },
])
