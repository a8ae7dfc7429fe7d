import { defineRules } from '../define.js'

export const clarifai = defineRules(
  { provider: 'Clarifai', link: 'https://docs.clarifai.com/control/authentication/pat' },
  [
    {
      id: 'clarifai-access-token',
      title: 'Clarifai personal access token or API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: {
        keys: ['clarifaipat', 'clarifaiapikey', 'clarifaikey', 'clarifaitoken'],
        near: [
          'clarifai_pat',
          'clarifai pat',
          'clarifai api key',
          'clarifai_api_key',
          'clarifaipat',
          'clarifaiapikey',
          'clarifaikey',
          'clarifaitoken',
        ],
      },
      examples: ['{{hex:32}}'],
      nonExamples: ['{{uuid}}'],
    },
  ],
)
