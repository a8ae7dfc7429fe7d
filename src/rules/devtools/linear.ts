import { defineRules } from '../define.js'

export const linear = defineRules({ provider: 'Linear', link: 'https://linear.app/developers/graphql' }, [
  {
    id: 'linear-api-key',
    title: 'Linear API key or OAuth token',
    definition: { anchors: ['lin_api_', 'lin_oauth_'], pattern: 'lin_(?:api|oauth)_[A-Za-z0-9]{40,64}' },
    examples: ['lin_api_{{base62:40}}', 'lin_oauth_{{hex:64}}'],
    nonExamples: [],
  },
])
