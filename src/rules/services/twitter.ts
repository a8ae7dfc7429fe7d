import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const twitter = defineRules(
  { provider: 'X (Twitter)', link: 'https://docs.x.com/fundamentals/authentication/oauth-2-0/bearer-tokens' },
  [
    {
      id: 'twitter-bearer-token',
      title: 'X app-only bearer token',
      definition: { anchors: ['AAAAAAAAAAAAAAAAAAAAA'], pattern: 'A{21,24}(?:[A-Za-z0-9]|%2[BbFf]|%3[Dd]){60,160}' },
      validate: (secret) => secret.includes('%') && isScattered(secret),
      examples: ['AAAAAAAAAAAAAAAAAAAAA{{base62:20}}%2B{{base62:8}}%3D{{base62:50}}'],
      nonExamples: ['AAAAAAAAAAAAAAAAAAAAA{{base62:80}}'],
    },
    {
      id: 'twitter-consumer-secret',
      title: 'X API secret or access token secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{50}|[A-Za-z0-9]{45}|\\d{8,20}-[A-Za-z0-9]{40}' },
      context: credentialOf(['twitter']),
      validate: isScattered,
      examples: ['{{base62:50}}', '{{base62:45}}', '{{digits:19}}-{{base62:40}}'],
      nonExamples: ['{{hex:50}}'],
    },
  ],
)
