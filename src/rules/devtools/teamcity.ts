import { defineRules } from '../define.js'

export const teamcity = defineRules(
  { provider: 'TeamCity', link: 'https://www.jetbrains.com/help/teamcity/configuring-your-user-profile.html' },
  [
    {
      id: 'teamcity-access-token',
      title: 'TeamCity access token',
      definition: {
        anchors: ['eyJ0eXAiOiAiVENWMiJ9.'],
        pattern: 'eyJ0eXAiOiAiVENWMiJ9\\.[A-Za-z0-9_-]{30,60}\\.[A-Za-z0-9_-]{36,60}',
      },
      examples: ['eyJ0eXAiOiAiVENWMiJ9.{{base64url:43}}.{{base64url:48}}'],
      nonExamples: ['eyJ0eXAiOiAiVENWMiJ9.{{base62:8}}'],
    },
  ],
)
