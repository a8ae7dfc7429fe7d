import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const meilisearch = defineRules(
  { provider: 'Meilisearch', link: 'https://www.meilisearch.com/docs/reference/api/keys' },
  [
    {
      id: 'meilisearch-api-key',
      title: 'Meilisearch API key or master key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{64}|[0-9a-f]{40}|[A-Za-z0-9_-]{43}' },
      context: credentialOf(['meilisearch', 'meili', 'meili master']),
      validate: hasDigit,
      examples: ['{{hex:64}}', '{{base62:43}}'],
      nonExamples: ['{{uuid}}'],
    },
  ],
)
