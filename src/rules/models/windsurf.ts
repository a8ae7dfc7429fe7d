import { defineRules } from '../define.js'

export const windsurf = defineRules(
  { provider: 'Windsurf', link: 'https://docs.windsurf.com/plugins/accounts/api-reference/api-introduction' },
  [
    {
      id: 'windsurf-service-key',
      title: 'Windsurf or Codeium key',
      confidence: 'medium',
      definition: { anchors: ['sk-ws-'], pattern: 'sk-ws-\\d{2}-[A-Za-z0-9_-]{60,120}' },
      examples: ['sk-ws-01-{{base64url:86}}'],
      nonExamples: ['sk-ws-01-short'],
    },
  ],
)
