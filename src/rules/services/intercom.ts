import { defineRules } from '../define.js'

export const intercom = defineRules(
  { provider: 'Intercom', link: 'https://developers.intercom.com/docs/build-an-integration/learn-more/authentication' },
  [
    {
      id: 'intercom-access-token',
      title: 'Intercom access token: `tok:` and more in base64',
      definition: { anchors: ['dG9rO'], pattern: 'dG9rO[A-Za-z0-9+/]{54}=' },
      examples: ['{{token:intercom}}'],
      nonExamples: ['dG9rO{{base62:20}}'],
    },
  ],
)
