import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const linkedin = defineRules(
  { provider: 'LinkedIn', link: 'https://learn.microsoft.com/en-us/linkedin/shared/authentication/authentication' },
  [
    {
      id: 'linkedin-client-secret',
      title: 'LinkedIn client secret',
      definition: {
        anchors: ['WPL_AP1.', 'WPL_AP0.'],
        pattern: 'WPL_AP[01]\\.(?:\\d\\.)?[A-Za-z0-9]{16}\\.[A-Za-z0-9+/]{4,12}={0,2}',
      },
      examples: ['WPL_AP1.{{base62:16}}.{{base62:6}}=='],
      nonExamples: ['WPL_AP1.{{base62:4}}'],
    },
    {
      id: 'linkedin-access-token',
      title: 'LinkedIn access token',
      confidence: 'medium',
      definition: { anchors: [], pattern: 'AQ[A-Za-z0-9_-]{150,400}' },
      context: credentialOf(['linkedin']),
      validate: isScattered,
      examples: ['AQ{{base64url:350}}'],
      nonExamples: ['AQ{{base62:20}}'],
    },
  ],
)
