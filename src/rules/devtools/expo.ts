import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const expo = defineRules({ provider: 'Expo', link: 'https://docs.expo.dev/accounts/programmatic-access/' }, [
  {
    id: 'expo-access-token',
    title: 'Expo access token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9_-]{40}' },
    context: credentialOf(['expo', 'eas']),
    validate: isScattered,
    examples: ['{{base64url:40}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
