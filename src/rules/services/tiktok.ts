import { hasDigit } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const tiktok = defineRules(
  { provider: 'TikTok', link: 'https://developers.tiktok.com/doc/oauth-user-access-token-management' },
  [
    {
      id: 'tiktok-access-token',
      title: 'TikTok access token',
      definition: { anchors: ['act.'], pattern: 'act\\.[A-Za-z0-9]{40,100}!\\d{4}\\.[a-z0-9]{2}' },
      examples: ['act.{{base62:60}}!{{digits:4}}.va'],
      nonExamples: ['act.{{base62:20}}'],
    },
    {
      id: 'tiktok-refresh-token',
      title: 'TikTok refresh token',
      definition: { anchors: ['rft.'], pattern: 'rft\\.[A-Za-z0-9]{40,100}!\\d{4}\\.[a-z0-9]{2}' },
      examples: ['rft.{{base62:60}}!{{digits:4}}.va'],
      nonExamples: ['rft.{{base62:20}}'],
    },
    {
      id: 'tiktok-client-secret',
      title: 'TikTok client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{32}|[0-9a-f]{40}' },
      context: secretOf(['tiktok']),
      validate: hasDigit,
      examples: ['{{base62:32}}', '{{hex:40}}'],
      nonExamples: ['{{hex:24}}'],
    },
  ],
)
