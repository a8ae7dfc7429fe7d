import { defineRules } from '../define.js'

export const google = defineRules(
  { provider: 'Google', link: 'https://cloud.google.com/docs/authentication/api-keys' },
  [
    {
      id: 'google-api-key',
      title: 'Google API key (Gemini, Maps, Cloud)',
      definition: { anchors: ['AIza'], pattern: 'AIza[A-Za-z0-9_-]{35}' },
      examples: ['AIza{{base64url:35}}'],
      nonExamples: ['AIzaSy'],
    },
    {
      id: 'google-ai-studio-key',
      title: 'Google AI Studio authorization key',
      definition: { anchors: ['AQ.Ab8'], pattern: 'AQ\\.Ab8[A-Za-z0-9_-]{44,60}' },
      examples: ['AQ.Ab8RN6{{base64url:44}}'],
      nonExamples: ['AQ.Ab8'],
    },
    {
      id: 'google-oauth-client-secret',
      title: 'Google OAuth client secret',
      definition: { anchors: ['GOCSPX-'], pattern: 'GOCSPX-[A-Za-z0-9_-]{28}' },
      examples: ['GOCSPX-{{base64url:28}}'],
      nonExamples: ['GOCSPX-short'],
    },
    {
      id: 'google-oauth-access-token',
      title: 'Google OAuth access token',
      definition: { anchors: ['ya29.'], pattern: 'ya29\\.(?:[a-z]\\.)?[A-Za-z0-9_-]{40,2048}', maxLength: 2100 },
      examples: ['ya29.{{base64url:180}}', 'ya29.c.{{base64url:180}}'],
      nonExamples: ['ya29.short'],
    },
    {
      id: 'google-oauth-refresh-token',
      title: 'Google OAuth refresh token',
      definition: { anchors: ['1//0'], pattern: '1//0[A-Za-z0-9_-]{40,150}' },
      examples: ['1//0{{base64url:100}}'],
      nonExamples: ['1//0'],
    },
  ],
)
