import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const twitch = defineRules({ provider: 'Twitch', link: 'https://dev.twitch.tv/docs/authentication/' }, [
  {
    id: 'twitch-token',
    title: 'Twitch client secret or access token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[a-z0-9]{30}' },
    context: credentialOf(['twitch'], ['oauth:']),
    validate: hasDigit,
    examples: ['{{lower36:30}}'],
    nonExamples: ['{{hex:24}}'],
  },
  {
    id: 'twitch-chat-token',
    title: 'Twitch chat password',
    link: 'https://dev.twitch.tv/docs/chat/irc/',
    definition: { anchors: ['oauth:'], pattern: 'oauth:(?<secret>[a-z0-9]{30})' },
    validate: (secret) => /\d/.test(secret) && /[g-z]/.test(secret),
    examples: ['PASS oauth:<<{{lower36:30}}>>'],
    nonExamples: ['oauth:callback', 'oauth:{{digits:30}}'],
  },
])
