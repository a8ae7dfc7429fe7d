import { defineRules } from '../define.js'

export const databricks = defineRules(
  { provider: 'Databricks', link: 'https://docs.databricks.com/aws/en/dev-tools/auth/pat' },
  [
    {
      id: 'databricks-token',
      title: 'Databricks access token',
      definition: { anchors: ['dapi'], pattern: 'dapi[0-9a-f]{32}(?:-\\d)?' },
      examples: ['dapi{{hex:32}}', 'dapi{{hex:32}}-2'],
      nonExamples: [],
    },
  ],
)
