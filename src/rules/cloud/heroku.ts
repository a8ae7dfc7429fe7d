import { defineRules } from '../define.js'

export const heroku = defineRules(
  { provider: 'Heroku', link: 'https://devcenter.heroku.com/articles/authentication' },
  [
    {
      id: 'heroku-api-key',
      title: 'Heroku API key',
      definition: { anchors: ['HRKU-'], pattern: 'HRKU-[A-Za-z0-9_-]{36,70}' },
      examples: ['HRKU-AA{{base64url:58}}'],
      nonExamples: [],
    },
  ],
)
