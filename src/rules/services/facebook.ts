import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const facebook = defineRules(
  { provider: 'Facebook', link: 'https://developers.facebook.com/docs/facebook-login/guides/access-tokens' },
  [
    {
      id: 'facebook-access-token',
      title: 'Facebook, Instagram or WhatsApp Graph API token',
      definition: { anchors: ['EAA'], pattern: 'EAA[A-Za-z0-9]{90,400}' },
      validate: isScattered,
      examples: ['EAA{{base62:180}}'],
      nonExamples: ['EAA{{base62:20}}'],
    },
    {
      id: 'facebook-instagram-token',
      title: 'Instagram access token',
      definition: { anchors: ['IGQV', 'IGQW', 'IGAA'], pattern: 'IG(?:Q[VW]|AA)[A-Za-z0-9_-]{90,400}' },
      validate: isScattered,
      examples: ['IGAA{{base62:160}}', 'IGQV{{base62:160}}'],
      nonExamples: ['IGAA{{base62:20}}'],
    },
    {
      id: 'facebook-app-secret',
      title: 'Facebook app secret or app token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: credentialOf(['facebook', 'fb app', 'instagram app', 'instagram client', 'whatsapp app']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{hex:24}}'],
    },
  ],
)
