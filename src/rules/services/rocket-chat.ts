import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const rocketChat = defineRules(
  { provider: 'Rocket.Chat', link: 'https://developer.rocket.chat/apidocs/introduction-to-authentication' },
  [
    {
      id: 'rocket-chat-auth-token',
      title: 'Rocket.Chat auth token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{43}' },
      context: credentialOf(['rocketchat', 'rocket.chat', 'rocket chat']),
      validate: isScattered,
      examples: ['{{base64url:43}}'],
      nonExamples: ['{{hex:43}}'],
    },
  ],
)
