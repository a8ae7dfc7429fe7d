import { defineRules } from '../define.js'

export const harvest = defineRules(
  { provider: 'Harvest', link: 'https://help.getharvest.com/api-v2/authentication-api/authentication/authentication/' },
  [
    {
      id: 'harvest-access-token',
      title: 'Harvest personal access token',
      definition: { anchors: ['.pt.'], pattern: '\\d{5,8}\\.pt\\.[A-Za-z0-9_-]{86}', before: 8 },
      examples: ['{{digits:7}}.pt.{{base64url:86}}'],
      nonExamples: ['{{digits:7}}.pt.{{base62:8}}'],
    },
  ],
)
