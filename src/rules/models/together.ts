import { defineRules } from '../define.js'

export const together = defineRules({ provider: 'Together AI', link: 'https://docs.together.ai/docs/quickstart' }, [
  {
    id: 'together-api-key',
    title: 'Together AI API key',
    definition: { anchors: ['tgp_v1_'], pattern: 'tgp_v1_[A-Za-z0-9_-]{43}' },
    examples: ['tgp_v1_{{base64url:43}}'],
    nonExamples: ['tgp_v1_short'],
  },
  {
    id: 'together-legacy-api-key',
    title: 'Together AI API key (before the prefix)',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{64}' },
    context: {
      keys: ['togetherapikey', 'togetheraiapikey', 'togetherkey'],
      near: [
        'together api key',
        'together_api_key',
        'together_ai_api_key',
        'togetherai api key',
        'togetherapikey',
        'togetheraiapikey',
        'togetherkey',
      ],
    },
    examples: ['{{hex:64}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
