import { defineRules } from '../define.js'

export const airtable = defineRules(
  { provider: 'Airtable', link: 'https://airtable.com/developers/web/api/authentication' },
  [
    {
      id: 'airtable-token',
      title: 'Airtable personal access token',
      definition: { anchors: ['pat'], pattern: 'pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}' },
      examples: ['pat{{base62:14}}.{{hex:64}}'],
      nonExamples: ['pattern.match'],
    },
  ],
)
