import { defineRules } from '../define.js'

export const cloudflare = defineRules(
  { provider: 'Cloudflare', link: 'https://developers.cloudflare.com/fundamentals/api/get-started/create-token/' },
  [
    {
      id: 'cloudflare-api-token',
      title: 'Cloudflare API token',
      definition: { anchors: ['cfut_', 'cfat_', 'cfk_'], pattern: 'cf(?:ut|at|k)_[A-Za-z0-9_-]{40,60}' },
      examples: ['cfut_{{base62:48}}'],
      nonExamples: [],
    },
  ],
)
