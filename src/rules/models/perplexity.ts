import { defineRules } from '../define.js'

export const perplexity = defineRules(
  { provider: 'Perplexity', link: 'https://docs.perplexity.ai/getting-started/quickstart' },
  [
    {
      id: 'perplexity-api-key',
      title: 'Perplexity API key',
      definition: { anchors: ['pplx-'], pattern: 'pplx-[A-Za-z0-9]{48}' },
      examples: ['pplx-{{base62:48}}'],
      nonExamples: ['pplx-embed-v1'],
    },
  ],
)
