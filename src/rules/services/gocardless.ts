import { isScattered } from '../checks.js'
import { defineRules } from '../define.js'

export const gocardless = defineRules(
  { provider: 'GoCardless', link: 'https://developer.gocardless.com/getting-started/api/making-your-first-request/' },
  [
    {
      id: 'gocardless-access-token',
      title: 'GoCardless access token',
      definition: { anchors: ['live_'], pattern: 'live_[A-Za-z0-9_-]{40}' },
      validate: isScattered,
      examples: ['live_{{base64url:40}}'],
      nonExamples: ['live_{{hex:40}}'],
    },
    {
      id: 'gocardless-sandbox-token',
      title: 'GoCardless access token for the sandbox',
      kind: 'test',
      severity: 'medium',
      definition: { anchors: ['sandbox_'], pattern: 'sandbox_[A-Za-z0-9_-]{40}' },
      validate: isScattered,
      examples: ['sandbox_{{base64url:40}}'],
      nonExamples: ['sandbox_{{hex:40}}'],
    },
  ],
)
