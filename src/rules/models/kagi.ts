import { defineRules } from '../define.js'

export const kagi = defineRules({ provider: 'Kagi', link: 'https://help.kagi.com/kagi/api/overview.html' }, [
  {
    id: 'kagi-api-key',
    title: 'Kagi API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9_-]{20,48}\\.[A-Za-z0-9_-]{20,64}' },
    context: {
      keys: ['kagiapikey', 'kagiapitoken', 'kagitoken'],
      near: ['kagi api key', 'kagi_api_key', 'kagi token', 'kagiapikey', 'kagiapitoken', 'kagitoken'],
    },
    examples: ['{{base64url:24}}.{{base64url:43}}'],
    nonExamples: ['{{hex:12}}'],
  },
])
