import { defineRules } from '../define.js'

export const heroku = defineRules(
  { provider: 'Heroku', link: 'https://devcenter.heroku.com/articles/authentication' },
  [
    {
      id: 'heroku-api-key',
      title: 'Heroku API key',
      definition: { anchors: ['HRKU-'], pattern: 'HRKU-[A-Za-z0-9_-]{36,70}' },
      examples: ['HRKU-AA{{base64url:58}}', 'HRKU-{{uuid}}'],
      nonExamples: ['HRKU-short'],
    },
    {
      id: 'heroku-legacy-api-key',
      title: 'Heroku API key (before the prefix)',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: {
        keys: ['herokuapikey', 'herokukey', 'herokutoken'],
        near: ['heroku api key', 'heroku_api_key', 'heroku key', 'herokuapikey', 'herokukey', 'herokutoken'],
      },
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
