import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const plaid = defineRules({ provider: 'Plaid', link: 'https://plaid.com/docs/api/tokens/' }, [
  {
    id: 'plaid-access-token',
    title: 'Plaid access token',
    severity: 'critical',
    definition: {
      anchors: ['access-production-'],
      pattern: 'access-production-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    },
    examples: ['access-production-{{uuid}}'],
    nonExamples: ['access-production-{{hex:8}}'],
  },
  {
    id: 'plaid-test-token',
    title: 'Plaid access token for the sandbox or development',
    kind: 'test',
    severity: 'medium',
    definition: {
      anchors: ['access-sandbox-', 'access-development-'],
      pattern: 'access-(?:sandbox|development)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    },
    examples: ['access-sandbox-{{uuid}}'],
    nonExamples: ['access-sandbox-{{hex:8}}'],
  },
  {
    id: 'plaid-secret',
    title: 'Plaid secret',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{30}' },
    context: secretOf(['plaid']),
    examples: ['{{hex:30}}'],
    nonExamples: ['{{hex:24}}'],
  },
])
