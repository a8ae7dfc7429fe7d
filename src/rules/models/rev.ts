import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const rev = defineRules({ provider: 'Rev AI', link: 'https://docs.rev.ai/get-started/' }, [
  {
    id: 'rev-ai-access-token',
    title: 'Rev AI access token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '02[A-Za-z0-9_-]{40,80}' },
    context: {
      keys: ['revaiaccesstoken', 'revaiapikey', 'revaitoken'],
      near: [
        'rev ai access token',
        'revai_access_token',
        'rev_ai_access_token',
        'rev ai api key',
        'rev.ai access token',
        'revaiaccesstoken',
        'revaiapikey',
        'revaitoken',
      ],
    },
    validate: isDrawn,
    examples: ['02{{base64url:64}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
