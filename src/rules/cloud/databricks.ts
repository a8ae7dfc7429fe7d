import { defineRules } from '../define.js'

export const databricks = defineRules(
  { provider: 'Databricks', link: 'https://docs.databricks.com/aws/en/dev-tools/auth/pat' },
  [
    {
      id: 'databricks-token',
      title: 'Databricks access token',
      definition: { anchors: ['dapi'], pattern: 'dapi[0-9a-f]{32}(?:-\\d)?' },
      examples: ['dapi{{hex:32}}', 'dapi{{hex:32}}-2'],
      nonExamples: ['dapi{{hex:12}}'],
    },
    {
      id: 'databricks-oauth-secret',
      title: 'Databricks OAuth secret of a service principal',
      definition: { anchors: ['dose'], pattern: 'dose[0-9a-f]{32}' },
      examples: ['dose{{hex:32}}'],
      nonExamples: ['dose{{hex:12}}'],
    },
    {
      id: 'databricks-embedding-token',
      title: 'Databricks embedding or deploy key',
      confidence: 'medium',
      definition: { anchors: ['dkea'], pattern: 'dkea[0-9a-f]{32}' },
      examples: ['dkea{{hex:32}}'],
      nonExamples: ['dkea{{hex:12}}'],
    },
  ],
)
