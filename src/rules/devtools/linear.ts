import { defineRules } from '../define.js'

export const linear = defineRules({ provider: 'Linear', link: 'https://linear.app/developers/graphql' }, [
  {
    id: 'linear-api-key',
    title: 'Linear API key, OAuth token or webhook secret',
    definition: { anchors: ['lin_api_', 'lin_oauth_', 'lin_wh_'], pattern: 'lin_(?:api|oauth|wh)_[A-Za-z0-9]{32,72}' },
    examples: ['lin_api_{{base62:40}}', 'lin_oauth_{{hex:64}}', 'lin_wh_{{base62:32}}'],
    nonExamples: ['lin_api_{{base62:8}}'],
  },
])
