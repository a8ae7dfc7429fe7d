import { defineRules } from '../define.js'

export const jina = defineRules({ provider: 'Jina AI', link: 'https://jina.ai/api-dashboard/' }, [
  {
    id: 'jina-api-key',
    title: 'Jina AI API key',
    definition: { anchors: ['jina_'], pattern: 'jina_[A-Za-z0-9_-]{60}' },
    examples: ['jina_{{hex:32}}{{base64url:28}}'],
    nonExamples: [],
  },
])
