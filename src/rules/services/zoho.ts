import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const zoho = defineRules(
  { provider: 'Zoho', link: 'https://www.zoho.com/crm/developer/docs/api/v7/access-refresh.html' },
  [
    {
      id: 'zoho-oauth-token',
      title: 'Zoho access or refresh token',
      definition: { anchors: ['1000.'], pattern: '1000\\.[0-9a-f]{32}\\.[0-9a-f]{32}' },
      examples: ['1000.{{hex:32}}.{{hex:32}}'],
      nonExamples: ['1000.{{hex:32}}'],
    },
    {
      id: 'zoho-client-secret',
      title: 'Zoho client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{42}' },
      context: secretOf(['zoho']),
      examples: ['{{hex:42}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
