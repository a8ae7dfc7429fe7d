import { defineRules } from '../define.js'

export const onepassword = defineRules(
  { provider: '1Password', link: 'https://developer.1password.com/docs/service-accounts/' },
  [
    {
      id: 'onepassword-service-account-token',
      title: '1Password service account token',
      severity: 'critical',
      definition: { anchors: ['ops_eyJ'], pattern: 'ops_eyJ[A-Za-z0-9_-]{200,2000}', maxLength: 2100 },
      examples: ['ops_eyJ{{base64url:600}}'],
      nonExamples: [],
    },
    {
      id: 'onepassword-secret-key',
      title: '1Password secret key',
      definition: {
        anchors: ['A3-'],
        pattern: 'A3-[A-Z0-9]{6}-[A-Z0-9]{6}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}',
      },
      examples: ['A3-{{upper36:6}}-{{upper36:6}}-{{upper36:5}}-{{upper36:5}}-{{upper36:5}}-{{upper36:5}}'],
      nonExamples: [],
    },
  ],
)
