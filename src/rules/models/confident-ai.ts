import { defineRules } from '../define.js'

export const confidentAi = defineRules(
  { provider: 'Confident AI', link: 'https://www.confident-ai.com/docs/api-reference/authentication' },
  [
    {
      id: 'confident-ai-api-key',
      title: 'Confident AI API key',
      definition: {
        anchors: ['confident_us_', 'confident_eu_', 'confident_proj_'],
        pattern: 'confident_(?:us_|eu_)?(?:proj|org)_[A-Za-z0-9+/_-]{24,80}={0,2}',
      },
      examples: ['confident_us_proj_{{base62:44}}='],
      nonExamples: ['confident_us_org_chart'],
    },
  ],
)
