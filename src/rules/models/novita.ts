import { defineRules } from '../define.js'

export const novita = defineRules({ provider: 'Novita AI', link: 'https://novita.ai/docs/guides/quickstart' }, [
  {
    id: 'novita-api-key',
    title: 'Novita AI API key',
    confidence: 'medium',
    definition: {
      anchors: [],
      pattern: '(?:sk_[A-Za-z0-9_-]{32,64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})',
    },
    context: {
      keys: ['novitaapikey', 'novitaaiapikey', 'novitakey'],
      near: ['novita api key', 'novita_api_key', 'novita key', 'novitaapikey', 'novitaaiapikey', 'novitakey'],
    },
    examples: ['sk_{{base64url:43}}', '{{uuid}}'],
    nonExamples: ['{{hex:12}}'],
  },
])
