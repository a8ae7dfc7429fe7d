import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const cypress = defineRules(
  { provider: 'Cypress Cloud', link: 'https://docs.cypress.io/cloud/account-management/projects' },
  [
    {
      id: 'cypress-record-key',
      title: 'Cypress Cloud record key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: credentialOf(['cypress', 'cypress record', 'record']),
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
