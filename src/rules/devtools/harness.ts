import { defineRules } from '../define.js'

export const harness = defineRules(
  { provider: 'Harness', link: 'https://developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys/' },
  [
    {
      id: 'harness-token',
      title: 'Harness personal or service account token',
      definition: { anchors: ['pat.', 'sat.'], pattern: '[ps]at\\.[A-Za-z0-9_-]{22}\\.[0-9a-f]{24}\\.[A-Za-z0-9]{20}' },
      examples: ['pat.{{base64url:22}}.{{hex:24}}.{{base62:20}}', 'sat.{{base64url:22}}.{{hex:24}}.{{base62:20}}'],
      nonExamples: ['pat.{{base64url:22}}'],
    },
  ],
)
